"""An annex that is tried with a draft of boundaries."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from catalogue.annex.entries import decision_key
from catalogue.annex.proposing import propose_annex, rules_in_force
from catalogue.annex.table import write_table
from catalogue.models import AnnexProposal
from districts.editions.approving import approve_edition, withdraw_edition
from districts.editions.drafting import begin_draft, change_draft, shapes_of
from districts.models import DraftChange, Edition, EditionStep
from reports.models import StayingGroup
from tests.districts.editions.drafts import approved, gis
from tests.factories import POTHOLE, category, dispatched

pytestmark = pytest.mark.django_db
PAVEMENT = "uszkodzony-chodnik"


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


@pytest.fixture
def draft() -> Edition:
    """The same boundaries as those in force, as if they were checked."""
    base = Edition.objects.in_force()
    row = begin_draft(base.layer, "next", by=gis("gis"), source="x", credit="x")
    Edition.objects.filter(pk=row.pk).update(checked_at=row.created_at)
    row.refresh_from_db()
    return row


def address(name: str, query: str = "") -> str:
    return reverse(f"panel:{name}", args=["next"]) + query


def table(*, potholes: str = "wgk") -> bytes:
    """The annex in force, but for the unit that gets potholes."""
    text = write_table(rules_in_force())
    return re.sub(rf"{POTHOLE};;;;;zdit", f"{POTHOLE};;;;;{potholes}", text).encode()


def send(room, data: bytes, name: str = "plan.csv"):
    return room.post(address("edition-annex"), {"file": SimpleUploadedFile(name, data)})


def test_a_proposal_is_kept_with_the_draft_and_changes_nothing_in_force(room, draft):
    before = set(map(decision_key, rules_in_force()))
    assert send(room, table()).status_code == 302
    proposal = AnnexProposal.objects.get(edition=draft)
    assert (proposal.name, proposal.by) == ("plan.csv", gis("gis"))
    assert set(map(decision_key, rules_in_force())) == before
    page = room.get(address("edition-annex"))
    difference = page.context["difference"]
    assert [rule.unit.code for rule in (*difference.go, *difference.come)] == ["zdit", "wgk"]
    assert draft.steps.filter(word=EditionStep.Word.ANNEX_TRIED, by=gis("gis")).exists()


def test_preview_list_file_and_last_year_count_by_the_proposal_and_say_so(room, draft):
    report = dispatched(category=category(POTHOLE))
    dispatched(category=category(PAVEMENT))
    assert room.get(address("edition-changes")).context["preview"].reports == []
    send(room, table())
    page = room.get(address("edition-changes", "?rok=tak"))
    assert "Liczymy według projektu załącznika „plan.csv”" in page.content.decode()
    [group] = page.context["preview"].groups
    assert (group.unit.code, group.to_unit.code, group.number) == ("zdit", "wgk", 1)
    assert page.context["replay"].elsewhere == 1
    assert report.reference in room.get(address("edition-changed-reports")).content.decode()
    csv = room.get(address("edition-changed-reports", "?format=csv")).content.decode()
    assert report.reference in csv
    points = room.get(address("edition-changed-points")).json()["features"]
    assert len(points) == 1


def test_one_may_count_by_the_annex_in_force_all_the_same(room, draft):
    report = dispatched(category=category(POTHOLE))
    send(room, table())
    page = room.get(address("edition-changes", "?zalacznik=obowiazujacy&rok=tak"))
    assert "bez projektu „plan.csv”" in page.content.decode()
    assert page.context["preview"].groups == []
    assert page.context["replay"].elsewhere == 0
    listed = room.get(address("edition-changed-reports", "?zalacznik=obowiazujacy"))
    assert report.reference not in listed.content.decode()


def test_groups_stay_by_the_annex_in_force_only(room, draft):
    """By it reports are routed when the edition starts."""
    report = dispatched(category=category(POTHOLE))
    send(room, table())
    page = room.get(address("edition-changes"))
    assert 'name="stays"' not in page.content.decode()
    [group] = page.context["preview"].groups
    assert group.key[0] == report.unit_id
    done = room.post(address("edition-stay"), {"stays": "-".join(map(str, group.key))})
    assert done["Location"].endswith("?zalacznik=obowiazujacy")
    assert not StayingGroup.objects.exists()


def test_a_wrong_table_is_refused_by_the_field_and_what_was_there_stays(room, draft):
    send(room, table())
    wrong = table().replace(b"katedralna", b"krakow")
    answer = send(room, wrong, "zly.csv")
    assert answer.status_code == 400
    [[words]] = answer.context["form"].errors.values()
    assert "nie ma osiedla „krakow”" in words
    assert AnnexProposal.objects.get().name == "plan.csv"
    empty = send(room, b"")
    assert (empty.status_code, list(empty.context["form"].errors)) == (400, ["file"])
    large = send(room, b"x" * (1024 * 1024 + 1))
    assert (large.status_code, list(large.context["form"].errors)) == (413, ["file"])
    nothing = room.post(address("edition-annex"))
    assert (nothing.status_code, list(nothing.context["form"].errors)) == (400, ["file"])


def test_a_district_that_left_the_draft_is_said_and_the_annex_in_force_counts(room, draft):
    dispatched(category=category(POTHOLE))
    send(room, table())
    change_draft(draft, {"katedralna": None}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    Edition.objects.filter(pk=draft.pk).update(checked_at=draft.created_at)
    page = room.get(address("edition-changes"))
    assert "projekt załącznika już do niego nie pasuje" in page.content.decode()
    assert page.context["tried"].table is None
    told = room.get(address("edition-annex")).content.decode()
    assert "nie ma osiedla „katedralna”" in told


def test_codes_that_only_the_draft_has_may_be_named(room, draft):
    shapes = shapes_of(draft)
    changed = {"katedralna": None, "centrum": shapes["katedralna"]}
    change_draft(draft, changed, by=gis("gis"), word=DraftChange.Word.DRAWN)
    assert send(room, table().replace(b"katedralna", b"centrum")).status_code == 302
    assert send(room, table()).status_code == 400


def test_a_proposal_is_downloaded_and_removed(room, draft):
    assert room.get(address("edition-annex-file")).status_code == 404
    send(room, table())
    file = room.get(address("edition-annex-file"))
    assert file.content == table()
    assert "projekt-zalacznika-next.csv" in file["Content-Disposition"]
    assert room.post(address("edition-annex-drop")).status_code == 302
    assert not AnnexProposal.objects.exists()
    assert draft.steps.filter(word=EditionStep.Word.ANNEX_DROPPED).count() == 1
    room.post(address("edition-annex-drop"))
    assert draft.steps.filter(word=EditionStep.Word.ANNEX_DROPPED).count() == 1


def test_the_annex_in_force_is_a_table_to_begin_with(room):
    assert POTHOLE.encode() in room.get(reverse("panel:annex-table")).content


@pytest.mark.parametrize("ends", [approve_edition, withdraw_edition])
def test_a_proposal_is_erased_with_the_draft(room, draft, ends):
    propose_annex(draft, table(), name="plan.csv", by=gis("gis"))
    ends(draft, by=gis("gis2"))
    assert not AnnexProposal.objects.exists()


def test_an_approved_edition_takes_none(room):
    base = Edition.objects.in_force()
    approved("next", {"a": shapes_of(base)["katedralna"].boundary})
    answer = send(room, table())
    assert answer.status_code == 409
    assert "nie jest już szkicem" in answer.content.decode()
    assert not AnnexProposal.objects.exists()
