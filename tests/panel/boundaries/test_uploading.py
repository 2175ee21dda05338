"""Files of boundaries in the room: what GIS staff see and choose. What becomes of the files is
tested in ``tests/districts/editions/uploading``.
"""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from districts.editions.drafting import shapes_of
from districts.editions.uploading.processing import process_due
from districts.models import Edition, EditionUpload
from tests.districts.editions.drafts import approved, drafted, gis, square
from tests.districts.editions.files import written
from tests.districts.editions.uploading.hostile import as_other, row, two

pytestmark = pytest.mark.django_db
State = EditionUpload.State


@pytest.fixture
def room(client):
    client.force_login(gis("gis"))
    return client


@pytest.fixture
def draft() -> Edition:
    return drafted("next", {"former": square(5)})


def send(room, draft: Edition, content: bytes, name: str = "rejony.gpkg"):
    address = reverse("panel:edition-uploads", args=[draft.code])
    return room.post(address, {"file": ContentFile(content, name)})


def page(room, address: str) -> str:
    return room.get(address).content.decode()


def test_a_file_is_uploaded_chosen_from_and_loaded(room, draft):
    address = send(room, draft, written("gpkg", two()))["Location"]
    assert "Otwieramy plik" in page(room, address)
    process_due()
    shown = page(room, address)
    for words in ("Warstwa „osiedla”, obiektów: 2", "kod (a, b)", "jak w pliku: EPSG:4326"):
        assert words in shown
    upload = EditionUpload.objects.get()
    drawn = room.get(f"{address}mapa.geojson?warstwa=osiedla").json()
    assert [one["properties"]["name"] for one in drawn["features"]] == ["Rejon a", "Rejon b"]
    draft.refresh_from_db()
    given = {"code": "kod", "name": "nazwa", "revision": draft.revision}
    assert room.post(f"{address}?warstwa=osiedla", given)["Location"] == address
    assert "Wczytujemy granice do szkicu" in page(room, address)
    process_due()
    assert "Granice z pliku są w szkicu" in page(room, address)
    assert {code: one.name for code, one in shapes_of(draft).items()} == {
        "a": "Rejon a",
        "b": "Rejon b",
    }
    upload.refresh_from_db()
    assert upload.by == gis("gis")
    assert upload.name in page(room, reverse("panel:edition-uploads", args=[draft.code]))


def test_a_field_that_the_layer_lacks_is_refused_beside_its_field(room, draft):
    address = send(room, draft, written("gpkg", two()))["Location"]
    process_due()
    answer = room.post(address, {"code": "x", "name": "nazwa", "revision": 1})
    assert answer.status_code == 400
    assert EditionUpload.objects.get().state == State.CHOOSING


def test_what_is_wrong_is_listed_and_chosen_anew(room, draft):
    address = send(room, draft, written("gpkg", two(kod="a")))["Location"]
    process_due()
    draft.refresh_from_db()
    room.post(address, {"code": "kod", "name": "nazwa", "revision": draft.revision})
    process_due()
    shown = page(room, address)
    assert "Nic nie wczytaliśmy" in shown
    assert "kod „a” ma już obiekt nr 1" in shown
    room.post(address, {"code": "nazwa", "name": "nazwa", "revision": draft.revision})
    process_due()
    assert set(shapes_of(draft)) == {"rejon-a", "rejon-b"}


def test_the_system_that_fits_is_chosen_beforehand(room, draft):
    address = send(room, draft, as_other(2178, said=2177), "rejony.zip")["Location"]
    process_due()
    shown = page(room, address)
    assert "Dane leżą daleko od Łodzi" in shown
    assert '<option value="2178" selected>' in shown


def test_a_file_of_another_kind_is_refused_in_words(room, draft):
    address = send(room, draft, b"\x89PNG", "zdjecie.gpkg")["Location"]
    process_due()
    shown = page(room, address)
    assert "Tego pliku nie da się wczytać." in shown
    assert "To nie jest plik, który umiemy otworzyć." in shown


@pytest.mark.parametrize(("content", "status"), [(b"", 400), (b"x" * 11, 413)])
def test_an_empty_or_huge_file_is_refused_by_its_field(room, draft, settings, content, status):
    settings.MAX_EDITION_FILE_BYTES = 10
    answer = send(room, draft, content)
    assert answer.status_code == status
    assert 'aria-invalid="true"' in answer.content.decode()


def test_what_is_no_draft_offers_no_upload(room):
    old = approved("old", {"a": square(0)})
    address = reverse("panel:edition-uploads", args=[old.code])
    assert "nie jest już szkicem" in page(room, address)
    assert send(room, old, b"x").status_code == 409
    assert "/pliki/" not in page(room, reverse("panel:edition", args=[old.code]))


def test_a_file_is_found_only_under_its_own_edition(room, draft):
    address = send(room, draft, written("gpkg", [row("a", square(0))]))["Location"]
    drafted("other", {"a": square(0)})
    assert room.get(address.replace("/next/", "/other/")).status_code == 404
