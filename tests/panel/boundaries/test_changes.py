"""The page that says what an edition would change."""

import json

import pytest
from django.urls import reverse

from districts.models import Edition
from reports.models import StayingGroup
from tests.districts.editions.drafts import approved, drafted, exchanged, gis, square
from tests.factories import POTHOLE, category, dispatched, submitted

pytestmark = pytest.mark.django_db
PAVEMENT = "uszkodzony-chodnik"


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


def address(name: str, edition: Edition, query: str = "") -> str:
    return reverse(f"panel:{name}", args=[edition.code]) + query


@pytest.fixture
def edition(db) -> Edition:
    """In it, katedralna and łagiewniki have changed places."""
    return exchanged("next")


def test_what_moves_stands_in_a_table_and_on_the_map(room, edition):
    page = room.get(address("edition-changes", edition)).content.decode()
    answer = room.get(address("edition-changes", edition))
    names = {row["properties"]["name"] for row in answer.context["places"]["features"]}
    assert {"Katedralna → Łagiewniki", "Łagiewniki → Katedralna"} == names
    for name in ("Katedralna", "Łagiewniki"):
        assert f'<th scope="row">{name}</th>' in page


def test_open_reports_are_counted_by_unit_and_category_and_listed(room, edition):
    moved = [dispatched(category=category(PAVEMENT)) for _number in range(2)]
    same_unit = dispatched(category=category(POTHOLE))
    page = room.get(address("edition-changes", edition))
    groups = page.context["preview"].groups
    assert [(row.unit.code, row.to_unit.code, row.number) for row in groups] == [
        ("zdit", "wgk", 2),
        ("zdit", "zdit", 1),
    ]
    group = "-".join(map(str, groups[0].key))
    listed = room.get(address("edition-changed-reports", edition, f"?grupa={group}"))
    shown = listed.content.decode()
    assert all(report.reference in shown for report in moved)
    assert same_unit.reference not in shown
    assert moved[0].description not in shown
    csv = room.get(address("edition-changed-reports", edition, "?format=csv"))
    assert csv.content.decode().count("katedralna;lagiewniki") == 3
    points = json.loads(room.get(address("edition-changed-points", edition)).content)
    assert len(points["features"]) == 3


def test_last_year_is_replayed_on_demand(room, edition):
    submitted(category=category(PAVEMENT))
    plain = room.get(address("edition-changes", edition))
    assert (plain.context["replay"], "?rok=tak" in plain.content.decode()) == (None, True)
    page = room.get(address("edition-changes", edition, "?rok=tak"))
    assert page.context["replay"].elsewhere == 1
    assert "Do innej jednostki trafiłoby: 1." in page.content.decode()


def test_the_list_goes_on_page_by_page(room, edition, monkeypatch):
    monkeypatch.setattr("panel.boundaries.comparing._PAGE", 2)
    sent = [submitted(category=category(PAVEMENT)).reference for _number in range(3)]
    first = room.get(address("edition-changed-reports", edition))
    second = room.get(address("edition-changed-reports", edition, f"?po={first.context['next']}"))
    pages = [[row.reference for _one, row in page.context["rows"]] for page in (first, second)]
    assert (pages, second.context["next"]) == ([sent[:2], sent[2:]], None)


def test_the_groups_that_stay_are_chosen_and_chosen_anew(room, edition):
    submitted(category=category(PAVEMENT))
    [group] = room.get(address("edition-changes", edition)).context["preview"].groups
    key = "-".join(map(str, group.key))
    for sent, stays in (([key, "1-2-3"], True), ([], False)):
        room.post(address("edition-stay", edition), {"stays": sent})
        preview = room.get(address("edition-changes", edition)).context["preview"]
        assert [row.stays for row in preview.groups] == [stays]
        assert preview.handed_over == (0 if stays else 1)
        assert StayingGroup.objects.count() == int(stays)
    assert room.post(address("edition-stay", edition), {"stays": "kto-to-jest"}).status_code == 404


def test_a_draft_that_was_not_checked_shows_its_pieces_and_says_why_no_reports(room):
    base = Edition.objects.in_force()
    draft = drafted("draft", {"a": square(0)}, layer=base.layer)
    page = room.get(address("edition-changes", draft))
    assert page.context["preview"] is None
    assert "Najpierw sprawdź szkic" in page.content.decode()
    assert room.post(address("edition-stay", draft)).status_code == 409


def test_the_first_edition_of_a_layer_has_nothing_to_be_compared_with(room):
    page = room.get(address("edition-changes", approved("mowing-1", {"a": square(0)})))
    assert "nie ma go z czym porównać" in page.content.decode()


@pytest.mark.parametrize("text", ["1", "a-b-c", "1-2-99999999999999999999"])
def test_a_group_that_makes_no_sense_is_not_found(room, edition, text):
    answer = room.get(address("edition-changed-reports", edition, f"?grupa={text}"))
    assert answer.status_code == 404
