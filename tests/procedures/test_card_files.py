"""Cards go into files and come back: what is loaded is published, what is wrong changes nothing."""

import json
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command
from django.db import connection

from procedures.contents import read_contents
from procedures.models import Picture, Procedure, ProcedureVersion
from tests.pictures import jpeg
from tests.procedures.cards import make_department, make_situation, make_topic, make_version
from units.models import Unit

pytestmark = pytest.mark.django_db

IDENTITY = {
    "number": "KA-00001",
    "title": "Dowód osobisty",
    "summary": "Wyrobisz go w każdym urzędzie.\n\nNic nie płacisz.",
    "unit": "uml",
    "department": "oddzial",
    "topics": ["dokumenty"],
    "situations": ["slub"],
    "categories": ["latarnia"],
    "related": ["KA-00002"],
    "synonyms": ["nowy dowód", "a|b"],
    "desk_layer": "osiedla",
    "review_by": "2027-05-31",
    "is_demo": True,
    "online": True,
    "online_url": "https://www.gov.pl/dowod",
    "proxy": True,
    "steps": ["- Zrób zdjęcie.\n\n+++\n\nMa być nowe.", "Przyjdź: A | B \\ C."],
    "handling": "=Sprawdzimy **dane**.",
    "time_limit": "30 dni",
    "place": "'Piotrkowska' 110\n\n![](wejscie)",
    "fees": [
        {"name": "Opłata | skarbowa", "amount": "17.00", "account": "12 3456"},
        {"name": "Odpis", "amount": None, "account": ""},
    ],
    "exemptions": "Dzieci.",
    "documents": [
        {"kind": "required", "name": "Wniosek", "note": "", "template": "wniosek.txt"},
        {"kind": "other", "name": "Zdjęcie", "note": "Kolorowe;\nnowe", "template": ""},
    ],
    "legal_basis": [{"title": "Ustawa", "url": "https://isap.sejm.gov.pl/x"}],
    "pictures": [{"name": "wejscie", "description": "Wejście | brama", "file": "wejscie.jpg"}],
    "appeal": "Do wojewody, w ciągu 14 dni.",
    "change_note": "Pierwsza wersja.",
}
LOSS = {"number": "KA-00002", "title": "Utrata dowodu", "unit": "uml", "related": []}


@pytest.fixture
def folder(tmp_path):
    make_department(Unit.objects.get(code="uml"))
    make_topic("dokumenty")
    make_situation("slub")
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "wniosek.txt").write_text("Wniosek", encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "wejscie.jpg").write_bytes(jpeg())
    return tmp_path


@pytest.fixture
def load(folder, capsys):
    """Load cards (values, or the text of a file) and return what the command said."""

    def load(cards: object, *options: str, name: str = "cards.json") -> str:
        text = cards if isinstance(cards, str) else json.dumps(cards)
        (folder / name).write_text(text, encoding="utf-8")
        call_command("load_procedures", str(folder / name), *options)
        return capsys.readouterr().out

    return load


def exported(folder: Path, kind: str) -> str:
    file = folder / f"exported.{kind}"
    call_command("export_procedures", str(file), kind=kind, verbosity=0)
    return file.read_text(encoding="utf-8")


def test_a_loaded_card_is_published_with_all_its_parts(load):
    load([IDENTITY, LOSS])
    version = ProcedureVersion.objects.current().get(procedure__number="KA-00001")
    assert [step.text for step in version.steps.all()] == IDENTITY["steps"]
    assert str(version.fees.first().amount) == "17.00"
    assert version.documents.first().template.file.read() == b"Wniosek"
    assert version.procedure.desk_layer.code == "osiedla"
    assert version.procedure.is_demo


def test_loading_again_changes_nothing(load):
    load([IDENTITY, LOSS])
    assert "2 cards read, 0 rows changed" in load([IDENTITY, LOSS])
    assert ProcedureVersion.objects.count() == 2


def test_a_changed_card_gets_a_version_and_the_old_one_stays(load):
    load([IDENTITY, LOSS])
    load([IDENTITY | {"title": "Dowód", "steps": ["Przyjdź."]}, LOSS])
    old, new = ProcedureVersion.objects.filter(procedure__number="KA-00001").order_by("number")
    assert (old.title, new.title) == ("Dowód osobisty", "Dowód")
    assert old.steps.count() == 2


def test_a_template_with_another_content_makes_a_version(load, folder):
    load([IDENTITY, LOSS])
    (folder / "templates" / "wniosek.txt").write_text("Nowy wniosek", encoding="utf-8")
    load([IDENTITY, LOSS])
    assert ProcedureVersion.objects.filter(procedure__number="KA-00001").count() == 2


def test_it_says_what_is_added_and_what_changes(load):
    said = load([IDENTITY, LOSS], "--dry-run")
    assert "+ KA-00001" in said
    load([IDENTITY, LOSS])
    said = load([IDENTITY | {"title": "Dowód", "topics": []}, LOSS], "--dry-run")
    assert "~ KA-00001: title: 'Dowód osobisty' → 'Dowód', topics" in said


def test_a_dry_run_writes_nothing(load):
    load([IDENTITY, LOSS], "--dry-run")
    assert not Procedure.objects.exists()


def test_only_new_leaves_known_cards_alone(load):
    load([LOSS])
    load([LOSS | {"title": "Inny"}, LOSS | {"number": "KA-00003"}], "--only-new")
    titles = ProcedureVersion.objects.order_by("procedure").values_list("title", flat=True)
    assert list(titles) == ["Utrata dowodu", "Utrata dowodu"]


def test_the_demo_mark_comes_by_the_option_too(load):
    load([LOSS], "--demo")
    assert Procedure.objects.get().is_demo


def test_a_card_with_an_editors_draft_is_not_overtaken(load):
    load([LOSS])
    make_version(Procedure.objects.get(), unit="uml", published_at=None)
    with pytest.raises(CommandError, match=r"row 1 .KA-00002.*draft"):
        load([LOSS | {"title": "Inny"}])


@pytest.mark.parametrize("kind", ["json", "csv"])
def test_what_is_exported_is_taken_back_unchanged(load, folder, kind):
    load([IDENTITY, LOSS])
    text = exported(folder, kind)
    assert " 0 rows changed" in load(text, name=f"back.{kind}")
    with connection.cursor() as cursor:
        # The database refuses to delete what was published, but not to empty the tables.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE procedures_procedure CASCADE")
    load(text, name=f"back.{kind}")
    assert exported(folder, kind) == text


def test_a_picture_of_a_file_is_published_ready(load):
    load([IDENTITY, LOSS])
    [shown] = read_contents(ProcedureVersion.objects.get(title="Dowód osobisty")).illustrations
    assert (shown.name, shown.picture.is_ready, shown.picture.width) == ("wejscie", True, 640)
    load([IDENTITY, LOSS])
    assert Picture.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"pictures": []}, "place: Nie ma tu ilustracji „wejscie”"),
        ({"pictures": [{"name": "wejscie", "file": "wejscie.jpg"}]}, "description"),
        ({"pictures": [{"name": "wejscie", "description": "x", "file": "../a"}]}, "name of a file"),
        ({"pictures": [{"name": "wejscie", "description": "x", "file": "a.jpg"}]}, "no picture"),
        ({"pictures": [{"name": "wejscie", "description": "x", "file": "zla.jpg"}]}, "zla.jpg: To"),
        ({"pictures": IDENTITY["pictures"] * 2}, "wejscie"),
        ({"steps": ["![x](https://evil.example/p.png)"]}, "steps-0: Nie ma tu ilustracji"),
    ],
)
def test_wrong_pictures_are_refused_and_nothing_is_written(load, folder, changes, match):
    (folder / "pictures" / "zla.jpg").write_text("<svg>")
    with pytest.raises(CommandError, match=match):
        load([IDENTITY | changes, LOSS])
    assert not Procedure.objects.exists()


def test_an_export_holds_what_was_loaded(load, folder):
    load([IDENTITY, LOSS])
    card = json.loads(exported(folder, "json"))[0]
    assert {name: card[name] for name in IDENTITY} == IDENTITY


def test_a_table_runs_no_formula(load, folder):
    load([IDENTITY, LOSS])
    assert "'=Sprawdzimy" in exported(folder, "csv")


def test_a_card_may_be_yaml(load):
    load(yaml.safe_dump(LOSS, allow_unicode=True), name="KA-00002.yaml")
    assert Procedure.objects.get().number == "KA-00002"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"colour": "red"}, "row 1: unknown field 'colour'"),
        ({"number": "KA-1"}, "must look like KA-00001"),
        ({"title": ""}, "'title' is missing"),
        ({"title": 7}, "'title'.* must be text"),
        ({"title": "x" * 201}, "KA-00002.*title: "),
        ({"title": "a\x00b"}, "unusable character"),
        ({"title": "a\ud800b"}, "unusable character"),
        ({"unit": "nowhere"}, "KA-00002.*unknown unit 'nowhere'"),
        ({"department": "nowhere"}, "unknown department of uml"),
        ({"topics": ["nowhere"]}, "unknown code in 'topics' 'nowhere'"),
        ({"topics": "dokumenty"}, "must be a list"),
        ({"categories": ["nowhere"]}, "unknown code in 'categories'"),
        ({"related": ["KA-99999"]}, "unknown code in 'related'"),
        ({"related": ["KA-00002"]}, "not related to itself"),
        ({"desk_layer": "nowhere"}, "unknown layer"),
        ({"review_by": "soon"}, "must be a date"),
        ({"online": "yes"}, "must be true or false"),
        ({"online_url": "javascript:alert(1)"}, "online_url: "),
        ({"legal_basis": [{"title": "U", "url": "file:///etc/passwd"}]}, "url: "),
        ({"legal_basis": [{"url": "https://a.pl"}]}, "row 1: 'title' is missing"),
        ({"fees": [{"name": "F", "amount": "NaN"}]}, "'amount' must be"),
        ({"fees": [{"name": "F", "amount": "1e99"}]}, "'amount' must be"),
        ({"fees": [{"name": "F", "amount": -1}]}, "'amount' must be"),
        ({"fees": [{"name": "F", "colour": "x"}]}, "row 1: unknown field 'colour'"),
        ({"documents": [{"name": "D", "kind": "x"}]}, "unknown kind"),
        ({"documents": [{"name": "D", "template": "../../etc/passwd"}]}, "the name of a file"),
        ({"documents": [{"name": "D", "template": "none.pdf"}]}, "no template 'none.pdf'"),
        ({"steps": [""]}, "empty entry"),
        ({"steps": ["x"] * 101}, "more than 100"),
        ({"synonyms": ["x" * 61]}, "more than 60"),
    ],
)
def test_a_wrong_card_is_refused_with_file_and_row_and_changes_nothing(load, change, message):
    with pytest.raises(CommandError, match=rf"(?s)cards\.json: row 1.*{message}|{message}"):
        load([LOSS | change])
    assert not Procedure.objects.exists()


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.json", "[" * 100_000, "nested too deeply|not readable"),
        ("a.json", '{"number": "KA-00001", "number": "KA-00002"}', "twice"),
        ("a.json", "[]", "at least one"),
        ("a.yaml", "number: KA-00001\nnumber: KA-00002", "twice"),
        ("a.yaml", "a: &a [x]\nb: [*a, *a]", "references"),
        ("a.yaml", "!!python/object/apply:os.system ['true']", "not readable"),
        ("a.csv", "number;colour\nKA-00001;red", "unknown field 'colour'"),
        ("a.csv", "number;title\nKA-00001", "row 2: 1 cells, not 2"),
        ("a.csv", "number;number\nKA-00001;x", "twice"),
        ("a.csv", 'number;title\nKA-00001;"open', "not readable as CSV"),
        ("a.csv", "number;title;unit;online\nKA-00001;T;uml;może", "row 2.*true or false"),
        ("a.csv", "number;title;unit;fees\nKA-00001;T;uml;a|1|b|c", "at most 3 parts"),
        ("a.exe", "number: KA-00001", "must end with"),
        ("missing/a.json", None, "not readable"),
    ],
)
def test_a_broken_file_is_refused(folder, name, text, message):
    if text is not None:
        (folder / name).write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match=message):
        call_command("load_procedures", str(folder / name), verbosity=0)
    assert not Procedure.objects.exists()


def test_a_card_that_is_there_twice_is_refused(load):
    with pytest.raises(CommandError, match=r"KA-00002.*twice"):
        load([LOSS, LOSS])


def test_the_demos_cards_load_and_loading_them_again_changes_nothing(capsys):
    call_command("load_procedures", "--demo")
    assert ProcedureVersion.objects.current().filter(procedure__is_demo=True).count() >= 16
    call_command("load_procedures", "--demo")
    assert ", 0 rows changed" in capsys.readouterr().out
