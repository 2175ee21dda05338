"""A file on its way into a draft: who is told what, and what becomes of it when things die."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils import timezone

from districts.editions.drafting import NotADraft, Shape, change_draft, shapes_of
from districts.editions.uploading import processing
from districts.editions.uploading.choosing import NothingToChoose, choose
from districts.editions.uploading.erasing import erase_old_uploads
from districts.editions.uploading.loading import Choice
from districts.editions.uploading.storing import FileEmpty, FileTooLarge, store_upload
from districts.models import DraftChange, Edition, EditionUpload
from owed.children import ChildDied
from tests.districts.editions.drafts import approved, drafted, gis, square
from tests.districts.editions.files import written

from .hostile import row, two
from .steps import loaded, told, uploaded

pytestmark = pytest.mark.django_db
State = EditionUpload.State


@pytest.fixture
def draft() -> Edition:
    return drafted("next", {"former": square(5)})


def test_layers_fields_and_likely_meanings_are_found(draft):
    texts = {"teryt": "106105", "dzielnica": "Górna"}
    upload = uploaded(draft, written("gpkg", [row("a", square(0), **texts)]))
    [layer] = upload.found["layers"]
    assert (layer["name"], layer["crs"], layer["rows"]) == ("osiedla", "EPSG:4326", 1)
    assert layer["guess"] == {"code": "kod", "name": "nazwa", "borough": "dzielnica"}
    assert {"name": "nazwa", "samples": ["Rejon a"]} in layer["fields"]
    [feature] = layer["drawing"]["features"]
    assert feature["properties"]["name"] == "Rejon a"
    assert feature["geometry"]["type"] == "Polygon"
    assert layer["position"] is None


def test_a_file_without_codes_takes_them_from_its_names(draft):
    rows = [{"nazwa": name, "geometry": square(n)} for n, name in enumerate(("Łąki", "Stoki"))]
    assert loaded(uploaded(draft, written("fgb", rows))).state == State.LOADED
    assert {code: one.name for code, one in shapes_of(draft).items()} == {
        "laki": "Łąki",
        "stoki": "Stoki",
    }


def test_a_borough_that_the_city_has_not_is_told(draft):
    upload = loaded(uploaded(draft, written("gpkg", [row("a", square(0), dzielnica="Mokotów")])))
    assert "nie ma dzielnicy „Mokotów”" in told(upload)[0]


def test_many_faults_are_counted(draft):
    rows = [row("a", square(n)) for n in range(25)]
    words = told(loaded(uploaded(draft, written("gpkg", rows))))
    assert len(words) == 21
    assert words[-1] == "Jeszcze takich obiektów: 4."


def test_what_is_no_draft_takes_no_file():
    with pytest.raises(NotADraft):
        store_upload(approved("old", {"a": square(0)}), ContentFile(b"x", "x"), by=None)


def test_an_empty_and_a_huge_file_are_refused_at_the_door(draft, settings):
    with pytest.raises(FileEmpty):
        store_upload(draft, ContentFile(b"", "x"), by=None)
    settings.MAX_EDITION_FILE_BYTES = 10
    with pytest.raises(FileTooLarge):
        store_upload(draft, ContentFile(b"x" * 11, "x"), by=None)
    assert not EditionUpload.objects.exists()


def test_a_draft_that_somebody_changed_meanwhile_is_not_overwritten(draft):
    upload = uploaded(draft, written("gpkg", two()))
    choice = Choice("osiedla", {"code": "kod"})
    draft.refresh_from_db()
    choose(upload, choice, revision=draft.revision)
    drawn = {"drawn": Shape("Drawn", square(3))}
    change_draft(draft, drawn, by=gis("gis"), word=DraftChange.Word.DRAWN)
    processing.process_due()
    upload.refresh_from_db()
    assert upload.state == State.CHOOSING
    assert "Ktoś zmienił szkic" in told(upload)[0]
    assert set(shapes_of(draft)) == {"former", "drawn"}
    with pytest.raises(NothingToChoose):
        choose(loaded(upload), choice, revision=0)


def test_a_child_that_is_killed_leaves_nothing_and_is_tried_once_more(draft, settings):
    upload = uploaded(draft, written("gpkg", two()))
    choose(upload, Choice("osiedla", {"code": "kod"}), revision=draft.revision)
    settings.EDITION_CHILD_LIMITS = settings.EDITION_CHILD_LIMITS | {"wall": 0}
    for attempt, state in ((1, State.LOADING), (2, State.CHOOSING)):
        processing.process_due()
        EditionUpload.objects.update(leased_until=None)
        upload.refresh_from_db()
        assert (upload.attempts, upload.state) == (attempt, state)
        assert set(shapes_of(draft)) == {"former"}
        assert list(Path(settings.EDITION_UPLOAD_DIR).glob("open-*")) == []
    assert "Nie umiemy bezpiecznie otworzyć" in told(upload)[0]


@pytest.mark.parametrize("limit", [{"cpu": 0}, {"memory": 1024**2}])
def test_every_limit_ends_the_child(draft, settings, limit):
    settings.EDITION_CHILD_LIMITS = settings.EDITION_CHILD_LIMITS | limit
    upload = store_upload(draft, ContentFile(written("gpkg", two()), "x"), by=None)
    with pytest.raises(ChildDied), upload.file.open("rb") as source:
        processing.open_in_child("look", source)


def test_a_worker_whose_lease_was_taken_over_loads_nothing(draft, monkeypatch):
    upload = uploaded(draft, written("gpkg", two()))
    draft.refresh_from_db()
    choose(upload, Choice("osiedla", {"code": "kod"}), revision=draft.revision)
    slow = processing.claim(timezone.now())
    later = timezone.now() + timedelta(seconds=settings.LEASE_SECONDS + 1)
    fast = processing.claim(later)
    processing.process(slow)
    assert set(shapes_of(draft)) == {"former"}
    processing.process(fast)
    assert set(shapes_of(draft)) == {"a", "b"}
    assert draft.changes.filter(undone_at=None).count() == 2


def test_old_uploads_and_what_nobody_knows_are_erased(draft, time_machine):
    old = uploaded(draft, written("gpkg", two()))
    stray = storages["boundaries"].save("stray", ContentFile(b"x"))
    work = Path(settings.EDITION_UPLOAD_DIR, "open-left")
    work.mkdir()
    (work / "file.shp").write_bytes(b"x")
    with time_machine(days=settings.EDITION_UPLOAD_DAYS - 1):
        assert erase_old_uploads() == 0
    with time_machine(days=settings.EDITION_UPLOAD_DAYS + 1):
        young = store_upload(draft, ContentFile(b"x", "x"), by=None)
        assert erase_old_uploads() == 1
    assert list(EditionUpload.objects.all()) == [young]
    assert not old.file.storage.exists(old.file.name)
    assert not old.file.storage.exists(stray)
    assert not work.exists()
    assert young.file.storage.exists(young.file.name)
