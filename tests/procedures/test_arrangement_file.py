"""Departments, topics, situations and desks come from a file, and are loaded again without harm."""

import pytest
from django.core.management import CommandError

from procedures.card_files.arrangement import load_arrangement
from procedures.models import Department, Desk, DeskDistrict, LifeSituation, Topic
from units.fixture_loading import Difference

pytestmark = pytest.mark.django_db

FILE = """
departments: [{code: usc, unit: uml, name: Urząd Stanu Cywilnego}]
topics:
  - code: dokumenty
    name: Dokumenty
    name_en: Documents
    topics: [{code: dowod, name: Dowód osobisty}]
situations: [{code: slub, name: Bierzemy ślub, lead: Ślub w urzędzie.}]
desks:
  - {code: baluty, unit: uml, name: N, address: A 1, layer: osiedla, districts: [baluty-doly]}
  - {code: gorna, unit: uml, name: S, address: B 2, layer: osiedla, districts: [chojny]}
"""


@pytest.fixture
def load(tmp_path):
    def load(text: str) -> list[str]:
        file = tmp_path / "procedures.yaml"
        file.write_text(text, encoding="utf-8")
        difference = Difference()
        load_arrangement(file, difference)
        return difference.lines

    return load


def test_everything_of_the_file_is_there(load):
    load(FILE)
    assert Topic.objects.get(code="dowod").parent.name_en == "Documents"
    assert LifeSituation.objects.get().lead_pl == "Ślub w urzędzie."
    assert DeskDistrict.objects.get(code="chojny").desk.code == "gorna"
    assert Department.objects.get().unit.code == "uml"


def test_loading_again_changes_nothing(load):
    load(FILE)
    assert load(FILE) == []


def test_a_topic_that_left_the_file_is_switched_off(load):
    load(FILE)
    load(FILE.replace("    topics: [{code: dowod, name: Dowód osobisty}]\n", ""))
    assert not Topic.objects.get(code="dowod").is_active


def test_a_district_may_change_its_desk(load):
    load(FILE)
    load(FILE.replace("[chojny]", "[baluty-doly]").replace("[baluty-doly]", "[chojny]", 1))
    assert DeskDistrict.objects.get(code="chojny").desk == Desk.objects.get(code="baluty")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "unit: uml, name: Urząd",
            "unit: nowhere, name: Urząd",
            "departments, row 1.*unknown unit",
        ),
        ("[chojny]", "[atlantyda]", "desks, row 2.*unknown district"),
        ("[chojny]", "[baluty-doly]", "another desk"),
        ("code: dowod,", "code: dokumenty,", "twice"),
        ("name_en: Documents", "colour: red", "unknown field"),
    ],
)
def test_a_wrong_row_is_refused(load, old, new, message):
    with pytest.raises(CommandError, match=message):
        load(FILE.replace(old, new, 1))
