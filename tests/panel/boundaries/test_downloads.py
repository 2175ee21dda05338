"""Files of editions in the room: drafts too, and what changes against any other edition."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from districts.editions.drafting import change_draft, shapes_of
from districts.models import DraftChange, Edition
from tests.districts.editions.drafts import drafted, exchanged, gis, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


@pytest.fixture
def draft(db) -> Edition:
    return drafted("draft", {"a": square(0)}, layer=Edition.objects.in_force().layer)


def test_a_draft_is_given_as_a_file(room, draft):
    answer = room.get(reverse("panel:edition-file", args=[draft.code, "geojson"]))
    assert [row["id"] for row in json.loads(answer.content)["features"]] == ["a"]
    assert answer["Content-Disposition"] == 'attachment; filename="draft.geojson"'


def test_the_sheet_of_a_draft_says_on_paper_that_it_is_one(room, draft):
    answer = room.get(reverse("panel:edition-changes-file", args=[draft.code, "pdf"]))
    text = PdfReader(BytesIO(answer.content)).pages[0].extract_text()
    assert "To jest szkic" in text


def test_a_draft_is_compared_with_that_in_force_or_any_other(room, draft):
    page = reverse("panel:edition-downloads", args=[draft.code])
    assert room.get(page).context["before"] == Edition.objects.in_force()
    other = exchanged("other")
    assert room.get(page, {"z": other.code}).context["before"] == other
    assert room.get(page, {"z": "nothing"}).status_code == 400


def test_the_sheet_of_a_draft_follows_each_change_of_it(room, draft):
    page = reverse("panel:edition-downloads", args=[draft.code])
    before = room.get(page).context["sheet"].gone
    shape = shapes_of(Edition.objects.in_force())["katedralna"]
    change_draft(draft, {"katedralna": shape}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    after = room.get(page).context["sheet"].gone
    assert set(before) - set(after) == {"Katedralna"}


def test_the_public_page_is_linked_where_there_is_one(room, draft):
    for edition, has in ((draft, False), (Edition.objects.in_force(), True)):
        page = room.get(reverse("panel:edition-downloads", args=[edition.code])).content.decode()
        assert (f'/granice/{edition.code}/"' in page) is has
