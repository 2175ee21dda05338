"""An editor adds a picture: its file is kept at once, and it needs a description."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procedures.contents import read_contents
from procedures.editing.drafting import begin_procedure
from procedures.models import Picture, ProcedureVersion
from procedures.preparing import prepare_due
from tests.panel.procedures.test_writing import NEW, address, typed
from tests.pictures import jpeg
from tests.procedures.cards import make_card, make_file
from tests.procedures.test_states import written

pytestmark = pytest.mark.django_db
DESCRIPTION = "illustrations-0-description"


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def draft(editor):
    return begin_procedure(written(), by=editor)


def with_file(name: str = "Wejście od Zachodniej.jpg", **changes) -> dict:
    values = {
        "illustrations-total": 1,
        "illustrations-0-file": SimpleUploadedFile(name, jpeg(), "image/jpeg"),
        DESCRIPTION: "Wejście od podwórza.",
        "steps-0-text": "Tędy: ![](wejscie-od-zachodniej)",
    }
    return typed(**values | changes)


def test_a_picture_is_saved_and_named_by_its_file(client):
    assert client.post(NEW, with_file()).status_code == 302
    [given] = read_contents(ProcedureVersion.objects.get()).illustrations
    assert (given.name, given.description) == ("wejscie-od-zachodniej", "Wejście od podwórza.")


def test_a_picture_needs_a_description_and_keeps_its_file(client, draft):
    answer = client.post(address(draft), with_file(**{DESCRIPTION: " "}))
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "Opisz jednym zdaniem, co widać na ilustracji." in html
    picture = Picture.objects.get()
    assert f'name="illustrations-0-picture" value="{picture.pk}"' in html
    # One more press, without the file.
    again = typed(
        **{
            "illustrations-total": 1,
            "illustrations-0-picture": picture.pk,
            "illustrations-0-name": "wejscie",
            DESCRIPTION: "Wejście.",
        }
    )
    assert client.post(address(draft), again).status_code == 302
    assert draft.illustrations.get().picture == picture


def test_a_row_without_a_file_asks_for_one(client, draft):
    answer = client.post(
        address(draft), typed(**{"illustrations-total": 1, DESCRIPTION: "Wejście"})
    )
    assert "Wybierz plik z ilustracją." in answer.content.decode()


def test_a_refused_file_says_so_by_its_field_and_nothing_else(client, draft):
    bad = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", "image/jpeg")
    html = client.post(address(draft), with_file(**{"illustrations-0-file": bad})).content.decode()
    assert "To nie jest zdjęcie, które umiemy otworzyć." in html
    assert "Wybierz plik z ilustracją." not in html
    assert not Picture.objects.exists()


@pytest.mark.parametrize("field", ["summary", "handling", "steps-0-text"])
def test_a_text_can_only_name_pictures_of_the_card(client, draft, field):
    away = "![mapa](https://evil.example/mapa.png)"
    answer = client.post(address(draft), typed(**{field: away}))
    html = answer.content.decode()
    assert answer.status_code == 400
    assert "Nie ma tu ilustracji" in html.split(f'id="id_{field}_error"')[1][:300]
    assert ProcedureVersion.objects.get().edits == 0


def test_two_pictures_need_two_names(client, draft):
    rows = {}
    for place in range(2):
        rows |= {
            f"illustrations-{place}-file": SimpleUploadedFile("a.jpg", jpeg((64 + place, 64))),
            f"illustrations-{place}-name": "ta-sama",
            f"illustrations-{place}-description": "Opis.",
        }
    answer = client.post(address(draft), typed(**rows | {"illustrations-total": 2}))
    assert "Tę nazwę ma już inna ilustracja tej karty." in answer.content.decode()


def test_files_of_one_name_get_two_names(client, draft):
    rows = {}
    for place in range(2):
        rows |= {
            f"illustrations-{place}-file": SimpleUploadedFile("ą.jpg", jpeg((64 + place, 64))),
            f"illustrations-{place}-description": "Opis.",
        }
    client.post(address(draft), typed(**rows | {"illustrations-total": 2}))
    assert [row.name for row in draft.illustrations.all()] == ["a", "a-2"]


def test_the_preview_shows_the_picture_once_it_is_ready(client, draft):
    client.post(address(draft), with_file())
    prepare_due()
    picture = Picture.objects.get()
    sent = with_file(**{"illustrations-0-picture": picture.pk, "act": "preview", "edits": 1})
    html = client.post(address(draft), sent).content.decode()
    preview = html.split('id="preview"')[1].split("</section>")[0]
    assert f'<img src="/panel/redakcja/ilustracje/{picture.pk}.webp"' in preview


def test_the_page_of_the_card_says_that_a_picture_is_on_its_way(client, draft):
    client.post(address(draft), with_file())
    page = f"/panel/redakcja/{draft.procedure.number}/"
    assert "jest w przygotowaniu" in client.get(page).content.decode()
    prepare_due()
    assert "jest w przygotowaniu" not in client.get(page).content.decode()


def test_a_picture_that_the_worker_refused_is_said_by_the_field(client, draft):
    client.post(address(draft), with_file())
    Picture.objects.update(state="refused", refusal="Zdjęcie jest uszkodzone.")
    picture = Picture.objects.get()
    row = {"illustrations-total": 1, "illustrations-0-picture": picture.pk, DESCRIPTION: "Opis."}
    answer = client.post(address(draft), typed(edits=1, **row | {"illustrations-0-name": "a"}))
    assert answer.status_code == 400
    assert "Zdjęcie jest uszkodzone." in answer.content.decode()


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, "²"])
def test_a_made_up_key_is_no_picture(client, draft, key):
    row = {"illustrations-total": 1, "illustrations-0-picture": key, DESCRIPTION: "Opis."}
    assert client.post(address(draft), typed(**row)).status_code == 400


def test_editors_download_the_templates_of_a_draft(client):
    file = make_file("wzór.odt")
    card = make_card(documents=[("required", "Wniosek", file)], published_at=None)
    url = f"/panel/redakcja/pliki/{file.pk}/wz%C3%B3r.odt"
    for page in ("", "tresc/", "wersje/1/"):
        html = client.get(f"/panel/redakcja/{card.number}/{page}").content.decode()
        assert url in html
        assert "(ODT, 13\xa0bajtów)" in html
    answer = client.get(url)
    assert answer.getvalue() == b"%PDF-1.7 wzor"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
