"""The editor's addresses: what the device gets, what it sends, and what is refused."""

import json
from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from shapely.geometry import mapping, shape

from districts.editions.drafting import shapes_of
from districts.models import Edition
from tests.districts.editions.drafts import approved, drafted, gis, square

pytestmark = pytest.mark.django_db
MOVED = {"a": square(0, wide=1.25), "b": square(1.25, wide=0.75)}
JSON = {"Accept": "application/json"}


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


@pytest.fixture
def draft() -> Edition:
    return drafted("next", {"a": square(0), "b": square(1)})


def address(name: str, code: str = "next") -> str:
    return reverse(f"panel:edition-editor{name}", args=[code])


def moved(**areas) -> list[dict]:
    return [{"code": code, "geometry": mapping(area)} for code, area in (areas or MOVED).items()]


def send(room, districts, *, act: str = "moved", revision: int = 1, key=None, **values):
    text = districts if isinstance(districts, str) else json.dumps(districts)
    sent = {
        "key": key or uuid4(),
        "account": gis("gis").pk,
        "revision": revision,
        "act": act,
        "districts": ContentFile(text, "districts.json"),
    }
    return room.post(address("-draw"), sent | values, headers=JSON)


def step(room, name: str, revision: int):
    sent = {"key": uuid4(), "account": gis("gis").pk, "revision": revision}
    return room.post(address(name), sent, headers=JSON)


def a_geometry(coordinates, kind: str = "Polygon") -> list[dict]:
    return [{"code": "a", "geometry": {"type": kind, "coordinates": coordinates}}]


def ring(*corners) -> list:
    return [[19.45 + x / 100, 51.77 + y / 100] for x, y in corners]


SQUARE = ring((0, 0), (1, 0), (1, 1), (0, 1), (0, 0))


def test_the_device_gets_every_digit_of_every_vertex(room):
    # Not to be written with fewer than seventeen digits.
    corners = [(19.456000000000003, 51.770000000000003), (19.457, 51.77), (19.4565, 51.771)]
    drafted("next", {"a": shape({"type": "Polygon", "coordinates": [corners]})})
    body = room.get(address("-draft")).json()
    [feature] = body["features"]
    [[drawn]] = feature["geometry"]["coordinates"]
    assert [tuple(corner) for corner in drawn[:3]] == corners
    assert feature["properties"] == {"code": "a", "name": "A", "borough": ""}
    assert (body["revision"], body["undoable"], body["redoable"]) == (1, 1, 0)


def test_an_act_is_kept_and_answered_by_the_new_revision(room, draft):
    key = uuid4()
    answer = send(room, moved(), key=key)
    assert (answer.status_code, answer.json()) == (200, {"revision": 2})
    assert shapes_of(draft)["b"].boundary.equals(MOVED["b"])
    assert room.get(address("-draft")).json()["last"] == str(key)
    assert send(room, moved(), key=key).json() == {"revision": 2}


def test_undo_and_redo_answer_what_the_districts_are_then(room, draft):
    halves = moved(a=square(0, wide=0.5), c=square(0.5, wide=0.5))
    halves[1] |= {"name": "Ce", "borough": ""}
    assert send(room, halves, act="split").status_code == 200
    undone = step(room, "-undo", 2).json()
    assert undone["revision"] == 3
    assert undone["districts"]["c"] is None
    assert shape(undone["districts"]["a"]["geometry"]).equals(square(0))
    redone = step(room, "-redo", 3).json()
    assert redone["districts"]["c"]["properties"] == {"code": "c", "name": "Ce", "borough": ""}
    refused = step(room, "-redo", 4)
    assert (refused.status_code, refused.json()["code"]) == (409, "nothing_to_undo")


def test_a_conflict_says_who_and_when(room, draft):
    room.force_login(gis("gis3"))
    sent = {"key": uuid4(), "account": gis("gis3").pk, "revision": 1}
    room.post(address("-undo"), sent, headers=JSON)
    room.force_login(gis("gis"))
    answer = send(room, moved())
    body = answer.json()
    assert (answer.status_code, body["code"], body["by"]) == (409, "draft_changed", "gis3")
    draft.refresh_from_db()
    assert body["at"] == draft.changed_at.isoformat()
    assert "gis3" in body["detail"]


def test_who_else_has_the_draft_open_is_told(room, draft):
    assert room.get(address("-standing")).json()["others"] == []
    room.force_login(gis("gis3"))
    assert room.get(address("-standing")).json()["others"] == ["gis"]
    room.force_login(gis("gis"))
    send(room, moved())
    body = room.get(address("-standing")).json()
    assert (body["others"], body["revision"], body["by"]) == (["gis3"], 2, "gis")


def test_an_act_of_somebody_who_is_logged_in_no_more_waits(room, draft):
    room.force_login(gis("gis3"))
    answer = send(room, moved())
    assert (answer.status_code, answer.json()["code"]) == (409, "other_account")
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    ("districts", "said"),
    [
        (a_geometry([ring((0, 0), (1, 1), (1, 0), (0, 1), (0, 0))]), "przecina"),
        (a_geometry([[[*corner, 7] for corner in SQUARE]]), "dwiema skończonymi liczbami"),
        (json.dumps(a_geometry([SQUARE])).replace("51.78", "NaN"), "dwiema skończonymi liczbami"),
        (json.dumps(a_geometry([SQUARE])).replace("51.78", "1e999"), "dwiema skończonymi"),
        (a_geometry([[[lat, lon] for lon, lat in SQUARE]]), "zamienione"),
        (a_geometry([[[0, 0], [1, 0], [1, 1], [0, 0]]]), "daleko od miasta"),
        (a_geometry([SQUARE[:-1]]), "zamkniętymi pierścieniami"),
        (a_geometry([SQUARE[:2]]), "zamkniętymi pierścieniami"),
        (a_geometry([]), "zamkniętymi pierścieniami"),
        (a_geometry([[]]), "zamkniętymi pierścieniami"),
        (a_geometry(SQUARE, "LineString"), "zamkniętymi pierścieniami"),
        (a_geometry([SQUARE], "MultiPolygon"), "zamkniętymi pierścieniami"),
        (a_geometry({"x": 1}), "zamkniętymi pierścieniami"),
        ([{"code": "a", "geometry": "POLYGON EMPTY"}], "zamkniętymi pierścieniami"),
        (a_geometry([SQUARE * 20_001]), "za dużo wierzchołków"),
        ([{"code": "z", "geometry": mapping(square(0))}], "nie da się zapisać"),
        ([{"code": "a", "geometry": None}], "nie da się zapisać"),
    ],
)
def test_a_hostile_geometry_is_refused_with_the_reason(room, draft, districts, said):
    answer = send(room, districts)
    assert (answer.status_code, said in answer.json()["detail"]) == (422, True)
    draft.refresh_from_db()
    assert draft.revision == 1


@pytest.mark.parametrize(
    "districts",
    [
        "",
        "{",
        "[" * 100_000,
        "[]",
        "{}",
        '["a"]',
        '[{"geometry": null}]',
        '[{"code": "a"}]',
        '[{"code": 1, "geometry": null}]',
        '[{"code": "a", "name": ["x"], "borough": ""}]',
        '[{"code": "a", "geometry": null, "population": 7}]',
        '[{"code": "a", "geometry": null}, {"code": "a", "geometry": null}]',
        json.dumps([{"code": str(number), "geometry": None} for number in range(201)]),
    ],
)
def test_what_is_no_act_is_refused(room, draft, districts):
    assert send(room, districts).status_code == 400


@pytest.mark.parametrize(
    "values", [{"key": "x"}, {"revision": "-1"}, {"revision": ""}, {"act": "x"}, {"account": ""}]
)
def test_an_act_without_what_it_needs_is_refused(room, draft, values):
    assert send(room, moved(), **values).status_code == 400


def test_an_act_has_a_largest_size(room, draft):
    assert send(room, " " * (8 * 1024 * 1024 + 1)).status_code == 413


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("c", {"name": " ", "borough": ""}),
        ("c", {"name": "x" * 101, "borough": ""}),
        ("c", {"name": "a\0b", "borough": ""}),
        ("c", {"name": "C", "borough": "Mordor"}),
        ("Nie kod!", {"name": "C", "borough": ""}),
        ("c" * 61, {"name": "C", "borough": ""}),
    ],
)
def test_names_of_a_new_district_are_checked(room, draft, code, names):
    halves = moved(**{"a": square(0, wide=0.5), code: square(0.5, wide=0.5)})
    halves[1] |= names
    assert send(room, halves, act="split").status_code == 422


def test_what_is_no_draft_has_no_editor(room):
    approved("next", {"a": square(0), "b": square(1)})
    for name in ("", "-draft", "-standing"):
        answer = room.get(address(name))
        assert answer.status_code == 409
        assert "nie jest już szkicem" in answer.content.decode()
    assert send(room, moved()).json()["code"] == "not_a_draft"


def test_the_list_of_changes_says_what_was_drawn_where(room, draft):
    send(room, moved())
    text = room.get(reverse("panel:edition", args=["next"])).content.decode()
    assert "przesunięto wierzchołek: A, B" in text


def test_boroughs_are_offered_where_the_layer_has_them(room, draft):
    assert "data-borough" not in room.get(address("")).content.decode()
    draft.districts.filter(code="a").update(borough="Widzew")
    assert "data-borough" in room.get(address("")).content.decode()
