"""The annex as a table: what is written is read back, and what is wrong is named by its line."""

import csv

import pytest

from catalogue.annex.entries import decision_key, known_codes
from catalogue.annex.proposing import rules_in_force
from catalogue.annex.table import AnnexRefused, decode_table, read_table, write_table
from tests.districts.editions.drafts import drafted, square

pytestmark = pytest.mark.django_db
HEAD = "category;layer;regions;districts;boroughs;unit;mode\n"
CATCH_ALL = ";;;;;lckzm;operator\n"


def keys(rules) -> set[tuple]:
    return set(map(decision_key, rules))


def problems(text: str, **values) -> list[str]:
    with pytest.raises(AnnexRefused) as refusal:
        read_table(text, known_codes(**values))
    return refusal.value.problems


def test_the_annex_in_force_is_read_back_as_it_was_written():
    rules = rules_in_force()
    again = read_table(decode_table(write_table(rules).encode()), known_codes())
    assert keys(again) == keys(rules)
    assert len(again) == len(rules) > 40
    assert {rule.pk for rule in again} == {None}


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_any_spreadsheet_may_have_saved_it(delimiter, encoding):
    text = (HEAD + CATCH_ALL + "park;;;;Śródmieście Bałuty;zzm;\n").replace(";", delimiter)
    rules = read_table(decode_table(text.encode(encoding)), known_codes())
    assert {rule.borough for rule in rules} == {"", "Śródmieście", "Bałuty"}


def test_columns_may_be_left_out_and_stand_in_any_order():
    rules = read_table("unit,mode,category\nlckzm,operator,\nzzm,,park\n", known_codes())
    assert [(rule.unit.code, rule.mode) for rule in rules] == [
        ("lckzm", "operator"),
        ("zzm", "automatic"),
    ]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("nic;;;;;zdit;", "Wiersz 3: nie ma kategorii „nic”."),
        ("park;;;;;nikt;", "Wiersz 3: nie ma jednostki „nikt”."),
        ("park;;;;;;", "Wiersz 3: nie ma jednostki „”."),
        ("park;;;;;zzm;magic", "w kolumnie mode wpisz automatic albo operator"),
        ("park;;;krakow;;zzm;", "Wiersz 3: w tych granicach nie ma osiedla „krakow”."),
        ("park;;;;Wola;zzm;", "Wiersz 3: nie ma dzielnicy „Wola”."),
        ("park;;;ruda;Górna;zzm;", "Wiersz 3: wpisz rejony, osiedla albo dzielnice"),
        ("park;lamps;north;;;zzm;", "Wiersz 3: nie ma warstwy rejonów „lamps”."),
        ("park;;north;;;zzm;", "Wiersz 3: rejony i ich warstwę wpisz razem."),
        ("park;;;ruda ruda;;zzm;", "Wiersz 3: to samo miejsce i kategorię ma już wiersz 3."),
        (";;;;;zdit;automatic", "Wiersz 3: to samo miejsce i kategorię ma już wiersz 2."),
    ],
)
def test_a_wrong_row_is_named_by_its_line(row, words):
    [problem] = problems(HEAD + CATCH_ALL + row + "\n")
    assert words in problem


def test_everything_that_is_wrong_is_said_at_once():
    found = problems(HEAD + CATCH_ALL + "".join(f"nic-{n};;;;;zdit;\n" for n in range(30)))
    assert (len(found), found[-1]) == (21, "Takich uwag jest jeszcze 10.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Pierwszy wiersz musi nazywać kolumny"),
        ("kategoria;jednostka\n", "Pierwszy wiersz musi nazywać kolumny"),
        ("unit;unit\n", "Pierwszy wiersz musi nazywać kolumny"),
        (HEAD + "park;;;;;zzm;\n", "Brakuje wiersza bez kategorii i bez miejsca"),
        (HEAD + ";;;;;zdit;operator\n", "Brakuje wiersza bez kategorii i bez miejsca"),
        (HEAD + CATCH_ALL * 5_001, "najwyżej 5000 wierszy"),
    ],
)
def test_a_table_that_cannot_route_is_refused(text, words):
    assert words in problems(text)[0]


@pytest.mark.parametrize("limit_of_others", [131_072, 1_000_000])
def test_a_cell_without_an_end_is_refused_whatever_another_format_allows(limit_of_others):
    before = csv.field_size_limit(limit_of_others)
    try:
        [problem] = problems(HEAD + 'park;"' + "x" * 200_000)
    finally:
        csv.field_size_limit(before)
    assert problem == "Wiersz 2: tego wiersza nie da się odczytać."


def test_what_is_no_text_is_refused():
    for data in (b"PK\x03\x04\x00\x00", b"\x81\x00", "a;b".encode("utf-16")):
        with pytest.raises(AnnexRefused, match="To nie jest plik CSV"):
            decode_table(data)


def test_codes_are_those_of_the_draft():
    draft = drafted("m1", {"north": square(0), "south": square(1)})
    rows = HEAD + CATCH_ALL + "park;mowing;north south;;;zzm;\n"
    assert len(read_table(rows, known_codes(draft=draft))) == 3
    draft.districts.filter(code="south").delete()
    assert problems(rows, draft=draft) == ["Wiersz 3: w tych granicach nie ma rejonu „south”."]
    # Nothing of that layer is in force.
    assert len(problems(rows)) == 2
