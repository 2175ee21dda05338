"""An editor writes a card on its page: parts, preview, files, and two who write at once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from procedures.contents import read_contents
from procedures.editing.drafting import begin_procedure, save_draft
from procedures.models import Procedure, ProcedureVersion
from tests.people import person
from tests.procedures.test_states import written
from units.models import Unit

pytestmark = pytest.mark.django_db
NEW = "/panel/redakcja/nowa/"


@pytest.fixture
def client(client, editor):
    client.force_login(editor)
    return client


@pytest.fixture
def draft(editor):
    return begin_procedure(written(), by=editor)


def typed(**changes) -> dict:
    values = {
        "edits": 0,
        "act": "save",
        "title": "Dowód",
        "summary": "Krótko.",
        "unit": Unit.objects.get(code="uml").pk,
        "steps-total": 2,
        "steps-0-text": "Zrób zdjęcie.",
        "steps-1-text": "Przyjdź.",
        "fees-total": 1,
        "fees-0-name": "Opłata",
        "fees-0-amount": "17,50",
        "documents-total": 1,
        "documents-0-kind": "other",
        "documents-0-name": "Wniosek",
        "legal_bases-total": 1,
        "legal_bases-0-title": "Ustawa",
        "legal_bases-0-url": "https://isap.sejm.gov.pl/",
    }
    return values | {name.replace("__", "-"): value for name, value in changes.items()}


def address(version: ProcedureVersion) -> str:
    return f"/panel/redakcja/{version.procedure.number}/tresc/"


def test_a_new_card_is_saved_with_all_its_parts(client):
    answer = client.post(NEW, typed(has_fee="on"))
    version = ProcedureVersion.objects.get()
    assert answer.url == f"/panel/redakcja/{version.procedure.number}/"
    contents = read_contents(version)
    assert [step.text for step in contents.steps] == ["Zrób zdjęcie.", "Przyjdź."]
    assert str(contents.fees[0].amount) == "17.50"
    assert (contents.documents[0].kind, contents.has_fee) == ("other", True)
    assert contents.legal_bases[0].url == "https://isap.sejm.gov.pl/"


def test_rows_in_which_nothing_stands_are_left_out(client):
    client.post(NEW, typed(**{"steps-1-text": "", "documents-0-name": ""}))
    contents = read_contents(ProcedureVersion.objects.get())
    assert (len(contents.steps), len(contents.documents)) == (1, 0)


@pytest.mark.parametrize(
    ("act", "texts"),
    [
        ("steps-add", ["Zrób zdjęcie.", "Przyjdź.", None]),
        ("steps-0-down", ["Przyjdź.", "Zrób zdjęcie."]),
        ("steps-1-up", ["Przyjdź.", "Zrób zdjęcie."]),
        ("steps-0-remove", ["Przyjdź."]),
        ("steps-0-up", ["Zrób zdjęcie.", "Przyjdź."]),
    ],
)
def test_rows_are_added_moved_and_removed_without_saving(client, draft, act, texts):
    answer = client.post(address(draft), typed(act=act))
    rows = answer.context["by_part"]["steps"]["rows"]
    assert [row.initial.get("text") for row in rows] == texts
    assert answer.context["form"].initial["title"] == "Dowód"
    draft.refresh_from_db()
    assert draft.edits == 0


def test_the_row_that_was_moved_has_the_focus(client, draft):
    html = client.post(address(draft), typed(act="steps-0-down")).content.decode()
    assert 'name="steps-1-text"' in html
    assert html.count("autofocus") == 1


def test_the_preview_shows_markdown_and_saves_nothing(client, draft):
    answer = client.post(address(draft), typed(act="preview", handling="To **ważne**."))
    assert "<strong>ważne</strong>" in answer.content.decode()
    draft.refresh_from_db()
    assert draft.edits == 0


def test_hostile_markdown_is_harmless_in_the_preview(client, draft):
    for hostile in (
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "[x](data:text/html,x)",
        "<style>*{}</style>",
        '[x](https://a.pl "onmouseover=alert(1)")',
    ):
        html = client.post(address(draft), typed(act="preview", handling=hostile)).content.decode()
        shown = html.split('id="preview"')[1].split("</section>")[0]
        for sign in (
            "<script",
            "<img",
            "<style",
            'href="javascript',
            'href="data',
            'onmouseover="',
        ):
            assert sign not in shown


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"online_url": "javascript:alert(1)"}, "online_url"),
        ({"unit": "0"}, "unit"),
        ({"summary": "x" * 20_001}, "summary"),
    ],
)
def test_a_wrong_field_is_refused_and_everything_typed_stays(client, draft, change, field):
    answer = client.post(address(draft), typed(**change))
    assert answer.status_code == 400
    assert answer.context["form"].errors[field]
    assert "Zrób zdjęcie." in answer.content.decode()


def test_a_wrong_row_says_so_by_its_field(client, draft):
    answer = client.post(
        address(draft),
        typed(**{"legal_bases-0-url": "file:///etc/passwd", "fees-0-amount": "dużo"}),
    )
    assert answer.status_code == 400
    assert answer.context["by_part"]["legal_bases"]["rows"][0].errors["url"]
    assert answer.context["by_part"]["fees"]["rows"][0].errors["amount"]


@pytest.mark.parametrize("total", ["-1", "x", "99999999999", ""])
def test_a_false_number_of_rows_harms_nothing(client, draft, total):
    answer = client.post(address(draft), typed(**{"steps-total": total}))
    assert answer.status_code == 302


def test_two_editors_lose_nothing(client, draft):
    second = person("danuta", role="editor")
    save_draft(draft, written(title="Jej tytuł", handling="Jej słowa."), edits=0, by=second)
    answer = client.post(address(draft), typed(handling="Moje słowa."))
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Jej tytuł" in html
    assert "Jej<span" in html
    assert "Moje słowa." in html
    draft.refresh_from_db()
    assert draft.handling == "Jej słowa."
    client.post(address(draft), typed(handling="Moje słowa.", edits=answer.context["edits"]))
    draft.refresh_from_db()
    assert draft.handling == "Moje słowa."


def test_a_template_is_kept_and_stays_through_the_next_presses(client, draft):
    file = SimpleUploadedFile("wniosek.txt", b"Wniosek")
    answer = client.post(address(draft), typed(act="steps-add", **{"documents-0-file": file}))
    chosen = answer.context["by_part"]["documents"]["rows"][0].initial["template"]
    client.post(address(draft), typed(**{"documents-0-template": chosen}))
    assert draft.documents.get().template.name == "wniosek.txt"


def test_a_file_that_is_no_document_is_refused_by_its_field(client, draft):
    file = SimpleUploadedFile("wniosek.exe", b"MZ")
    answer = client.post(address(draft), typed(**{"documents-0-file": file}))
    assert answer.status_code == 400
    assert answer.context["by_part"]["documents"]["rows"][0].errors["file"]


def test_arrangement_holds_at_once(client, draft):
    page = f"/panel/redakcja/{draft.procedure.number}/ulozenie/"
    answer = client.post(page, {"related": "KA-00099"})
    assert answer.status_code == 400
    client.post(page, {"synonyms": "nowy dowód\nplastik", "review_by": "2027-05-31"})
    assert Procedure.objects.get().synonyms == ["nowy dowód", "plastik"]
