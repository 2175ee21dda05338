"""Categories and the annex come from readable files; wrong files change nothing."""

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from catalogue.checks import check_catch_all
from catalogue.models import Category, RoutingRule

pytestmark = pytest.mark.django_db
CATCH_ALL = "  - {unit: lckzm, mode: operator}\n"
POTHOLE = "  - {category: dziura-w-jezdni, unit: zdit}\n"


TRANSLATED = """
groups: {drogi: Roads, g: Group}
categories: {nowa: {name: New}, a: {name: A}, a b: {name: AB}}
"""


def asking(questions: str) -> str:
    return f"{{code: a, name: A, icon: bus, keywords: [x], questions: [{questions}]}}"


@pytest.fixture
def load(tmp_path):
    def load(command: str, text: str, *options: str) -> None:
        file = tmp_path / "file.yaml"
        file.write_text(text, encoding="utf-8")
        for language in ("en", "uk"):
            file.with_suffix(f".{language}.yaml").write_text(TRANSLATED, encoding="utf-8")
        call_command(command, str(file), *options, verbosity=0)

    return load


@pytest.mark.parametrize("command", ["load_categories", "load_annex"])
def test_loading_again_changes_nothing(command, capsys):
    call_command(command, "--dry-run")
    assert " 0 rows would change" in capsys.readouterr().out


def test_there_are_categories_for_every_place_and_season():
    categories = Category.objects.filter(is_active=True)
    assert categories.count() >= 30
    assert all(category.keywords for category in categories)
    assert categories.filter(emergency_hint__contains="112").exists()


def test_a_category_is_place_sensitive_exactly_when_the_annex_says_so():
    local = RoutingRule.objects.filter(is_active=True).exclude(scope="city")
    codes = set(local.values_list("category__code", flat=True))
    assert codes == set(
        Category.objects.filter(is_place_sensitive=True).values_list("code", flat=True)
    )


def test_a_category_that_left_the_file_is_switched_off(load):
    load(
        "load_categories",
        "groups: [{code: drogi, name: Drogi, categories: ["
        "{code: nowa, name: Nowa, icon: bus, keywords: [nowa]}]}]",
    )
    assert [category.code for category in Category.objects.filter(is_active=True)] == ["nowa"]


@pytest.mark.parametrize(
    ("category", "message"),
    [
        ("{code: a, name: A, icon: bus}", "'keywords' is missing"),
        ("{code: a, name: A, icon: bus, keywords: [x], working_days: 0}", "at least 1"),
        ("{code: a, name: A, icon: bus, keywords: [x], working_days: soon}", "a whole number"),
        ("{code: a, name: A, icon: bus, keywords: [x], colour: red}", "unknown field"),
        ("{code: a, name: A, icon: bus, keywords: [no]}", "must be text"),
        ("{code: a b, name: A, icon: bus, keywords: [x]}", "code"),
        (asking("{code: q, kind: text}"), "'label' is missing"),
        (asking("{code: q, label: Q, kind: magic}"), "unknown kind of question"),
        (asking("{code: q, label: Q, kind: choice}"), "question q needs 'choices'"),
        (asking(", ".join(["{code: q, label: Q, kind: text}"] * 2)), "there twice"),
    ],
)
def test_a_wrong_category_is_refused(load, category, message):
    with pytest.raises(CommandError, match=message):
        load("load_categories", f"groups: [{{code: g, name: G, categories: [{category}]}}]")
    assert not Category.objects.filter(code="a").exists()


@pytest.mark.parametrize(
    ("category", "message"),
    [
        ("{code: b, name: B, icon: bus, keywords: [x]}", "b: 'b' is missing"),
        (
            "{code: a, name: A, icon: bus, keywords: [x], emergency_hint: Uciekaj.}",
            "a: 'emergency_hint' is missing",
        ),
        (
            "{code: a, name: A, icon: bus, keywords: [x], "
            "questions: [{code: q, label: Q, kind: text}]}",
            "a: 'q' is missing",
        ),
    ],
)
def test_what_residents_cannot_read_in_their_language_is_refused(load, category, message):
    with pytest.raises(CommandError, match=message):
        load("load_categories", f"groups: [{{code: g, name: G, categories: [{category}]}}]")


@pytest.mark.parametrize("text", ["", "just text", "groups: {}", "groups: ["])
def test_translations_that_are_none_are_refused(tmp_path, text):
    file = tmp_path / "file.yaml"
    category = "{code: a, name: A, icon: bus, keywords: [x]}"
    file.write_text(f"groups: [{{code: g, name: G, categories: [{category}]}}]")
    for language in ("en", "uk"):
        file.with_suffix(f".{language}.yaml").write_text(text)
    with pytest.raises(CommandError, match="not readable"):
        call_command("load_categories", str(file), verbosity=0)


def test_an_unknown_icon_is_refused_where_the_icons_are_installed(load):
    if not (settings.BASE_DIR / "node_modules" / "lucide-static" / "icons").is_dir():
        pytest.skip("the front-end packages are not installed")
    with pytest.raises(CommandError, match="unknown icon"):
        load(
            "load_categories",
            "groups: [{code: g, name: G, categories: ["
            "{code: a, name: A, icon: no-such-icon, keywords: [x]}]}]",
        )


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (POTHOLE, "without category and place"),
        # Nearly a catch-all: it has a category, a place, another mode, or another unit.
        ("  - {category: park, unit: lckzm, mode: operator}\n", "without category and place"),
        ("  - {unit: lckzm, mode: operator, boroughs: [Górna]}\n", "without category and place"),
        ("  - {unit: lckzm}\n", "without category and place"),
        ("  - {unit: zdit, mode: operator}\n", "without category and place"),
        (CATCH_ALL + POTHOLE + POTHOLE, "there twice"),
        (CATCH_ALL + "  - {category: nic, unit: zdit}\n", "unknown category"),
        (CATCH_ALL + "  - {category: park, unit: nikt}\n", "unknown unit"),
        (CATCH_ALL + "  - {category: park, unit: zzm, mode: magic}\n", "unknown mode"),
        (CATCH_ALL + "  - {category: park, unit: zzm, districts: [krakow]}\n", "unknown district"),
        (CATCH_ALL + "  - {category: park, unit: zzm, boroughs: [Wola]}\n", "unknown borough"),
        (
            CATCH_ALL + "  - {unit: zzm, boroughs: [Górna], districts: [ruda]}\n",
            "only one of them",
        ),
    ],
)
def test_a_wrong_annex_is_refused(load, rows, message):
    with pytest.raises(CommandError, match=message):
        load("load_annex", "rules:\n" + rows)
    assert RoutingRule.objects.filter(is_active=True, category__code="park").exists()


def test_a_changed_decision_is_another_row(load):
    old = RoutingRule.objects.get(category__code="dziura-w-jezdni", is_active=True)
    load("load_annex", "rules:\n" + CATCH_ALL + POTHOLE.replace("zdit", "wgk"))
    old.refresh_from_db()
    assert not old.is_active
    assert old.unit.code == "zdit"
    new = RoutingRule.objects.get(category__code="dziura-w-jezdni", is_active=True)
    assert new.unit.code == "wgk"


def test_a_decision_that_comes_back_is_the_old_row_again(load):
    old = RoutingRule.objects.get(category__code="dziura-w-jezdni", is_active=True)
    load("load_annex", "rules:\n" + CATCH_ALL)
    load("load_annex", "rules:\n" + CATCH_ALL + POTHOLE)
    old.refresh_from_db()
    assert old.is_active


def test_the_check_is_content_with_the_city_annex():
    assert check_catch_all(databases=["default"]) == []


def test_the_check_misses_a_catch_all():
    RoutingRule.objects.filter(category=None).update(is_active=False)
    assert [error.id for error in check_catch_all(databases=["default"])] == ["catalogue.E001"]


def test_anybody_reads_the_annex(client):
    page = client.get("/zalacznik/").content.decode()
    assert "Zarząd Dróg i Transportu" in page
    assert "propozycja" in page
    assert "Wzniesień Łódzkich" in page
    assert "print-only" in page
