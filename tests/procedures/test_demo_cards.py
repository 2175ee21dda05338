"""The cards that are shipped for a demonstration: they load, and hold what people look for."""

import csv
import zipfile
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.management import call_command

from districts.models import Edition
from procedures.models import (
    DeskDistrict,
    Document,
    LifeSituation,
    Procedure,
    ProcedureVersion,
    Topic,
)
from tests.scratch import scratch_portal
from tests.template import template_database

# Units that DOMAIN.md names as having procedures.
UNITS = {"uml", "css", "log", "mops", "mzz", "pup", "schronisko", "zdit", "zgo", "zlm", "zzm"}


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup, django_db_blocker):
    """A database of its own, because loading takes long, and nothing here writes."""
    with django_db_blocker.unblock(), scratch_portal(template_database()):
        call_command("load_procedures", verbosity=0)
        yield


def test_at_least_48_cards_are_public_and_marked_as_demo():
    assert ProcedureVersion.objects.current().count() >= 48
    assert not Procedure.objects.filter(is_demo=False).exists()


def test_every_unit_has_a_card():
    carried_out = ProcedureVersion.objects.current().values_list("unit__code", flat=True)
    assert set(carried_out) >= UNITS


def test_a_card_says_all_that_people_ask_for():
    asked = ("summary", "handling", "time_limit", "place", "appeal", "change_note")
    for version in ProcedureVersion.objects.current():
        for name in asked:
            assert getattr(version, name), f"{version.procedure}: {name}"
        assert version.steps.count() >= 2, version.procedure
        assert version.legal_bases.exists(), version.procedure
        assert version.has_fee == version.fees.exists(), version.procedure


def test_every_topic_and_situation_leads_to_a_card():
    lowest = Topic.objects.filter(children=None)
    assert not lowest.filter(procedures=None).exists()
    assert not LifeSituation.objects.filter(procedures=None).exists()


def test_names_are_there_in_three_languages():
    for model in (Topic, LifeSituation):
        assert not model.objects.filter(name_en=None).exists()
        assert not model.objects.filter(name_uk=None).exists()


def test_every_district_has_a_desk_of_the_office_and_of_social_assistance():
    districts = Edition.objects.in_force().districts.values_list("code", flat=True)
    for unit in ("uml", "mops"):
        served = DeskDistrict.objects.filter(unit__code=unit).values_list("code", flat=True)
        assert set(served) == set(districts)


def test_formal_matters_of_the_form_have_cards():
    formal = Procedure.objects.filter(categories__code="pismo-urzedowe")
    assert set(formal.values_list("number", flat=True)) == {"KA-00065", "KA-00066", "KA-00067"}


def test_every_template_is_a_text_document_that_a_card_offers():
    offered = set(Document.objects.exclude(template=None).values_list("template__name", flat=True))
    templates = list((settings.BASE_DIR / "fixtures" / "procedures" / "templates").iterdir())
    assert {path.name for path in templates} == offered
    for path in templates:
        with zipfile.ZipFile(path) as document:
            assert document.namelist()[0] == "mimetype"
            assert document.read("mimetype") == b"application/vnd.oasis.opendocument.text"
            for part in ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml"):
                ElementTree.fromstring(document.read(part))


def test_judged_queries_name_cards_that_exist_and_cover_them_all():
    path = settings.BASE_DIR / "benchmarks" / "procedures.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    judged = {number for row in rows for number in row["right"].split()}
    assert len({row["typed"] for row in rows}) == len(rows) >= 160
    assert judged == set(Procedure.objects.values_list("number", flat=True))
