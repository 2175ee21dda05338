"""``manage.py edition``: what the room does, for scripts."""

import io

import pytest
from django.core.management import CommandError, call_command

from districts.editions.drafting import shapes_of
from districts.models import OSIEDLA, Edition, State
from tests.districts.editions.drafts import approved, drafted, gis, regions, square
from tests.districts.editions.files import districts_in_force, written
from tests.districts.editions.uploading.hostile import two
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def staff():
    gis("gis")
    gis("gis2")


def edition(*words: object) -> str:
    said = io.StringIO()
    call_command("edition", *map(str, words), stdout=said)
    return said.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "granice.gpkg"
    path.write_bytes(written("gpkg", districts_in_force()[1:], crs=2180))
    return path


def test_a_dry_run_says_what_would_become_of_it_and_keeps_nothing(file):
    said = edition("import", file, "--code", "2027-01", "--by", "gis")
    first = districts_in_force()[0]
    assert "35 districts, 0 new, 1 taken away" in said
    assert f"- {first['kod']} {first['nazwa']}" in said
    assert "dry run" in said
    assert not Edition.objects.filter(code="2027-01").exists()


def test_an_import_begins_a_draft_and_another_changes_it(file):
    edition("import", file, "--code", "2027-01", "--by", "gis", "--apply")
    draft = Edition.objects.get(code="2027-01")
    assert (draft.districts.count(), draft.author.username) == (35, "gis")
    file.write_bytes(written("gpkg", districts_in_force(), crs=2178))
    edition("import", file, "--code", "2027-01", "--by", "gis2", "--apply")
    assert draft.districts.count() == 36
    assert draft.changes.count() == 2


def test_fields_and_the_layer_of_the_portal_are_named(tmp_path):
    path = tmp_path / "rejony.geojson"
    path.write_bytes(written("geojson", two()))
    words = ("--code", "m1", "--layer", regions().code, "--field-code", "nazwa", "--by", "gis")
    edition("import", path, *words, "--apply")
    assert set(shapes_of(Edition.objects.get(code="m1"))) == {"rejon-a", "rejon-b"}
    with pytest.raises(CommandError, match="no field 'x'; there are: kod, nazwa"):
        edition("import", path, "--code", "m2", "--field-code", "x", "--by", "gis")
    with pytest.raises(CommandError, match="no layer 'x'"):
        edition("import", path, "--code", "m2", "--layer", "x", "--by", "gis")


def test_a_bad_file_is_refused_with_the_words_of_the_room(tmp_path):
    path = tmp_path / "granice.gpkg"
    path.write_bytes(written("gpkg", two(kod="a")))
    with pytest.raises(CommandError, match="Obiekt nr 2 „Rejon b”") as refusal:
        edition("import", path, "--code", "m1", "--by", "gis", "--apply")
    assert refusal.value.returncode == 1
    assert not Edition.objects.filter(code="m1").exists()
    with pytest.raises(CommandError, match="No such file"):
        edition("import", tmp_path / "none", "--code", "m1", "--by", "gis")


@pytest.mark.parametrize("name", ["nobody", "olga"])
def test_only_gis_staff_are_named(file, name):
    person("olga", role="operator")
    with pytest.raises(CommandError, match="is not of the GIS staff"):
        edition("import", file, "--code", "2027-01", "--by", name, "--apply")


def state(code: str) -> str:
    return Edition.objects.with_state().get(code=code).state


def test_an_edition_is_activated_returned_and_withdrawn():
    first, second = (approved(code, {"a": square(n)}) for n, code in enumerate(("m1", "m2")))
    edition("activate", "m1", "--by", "gis")
    assert state("m1") == State.APPROVED
    edition("activate", "m1", "--by", "gis", "--apply")
    edition("activate", "m2", "--by", "gis", "--apply")
    assert "m1 is in force again" in edition("return", first.layer_id, "--by", "gis", "--apply")
    assert (state("m1"), state("m2")) == (State.IN_FORCE, State.PAST)
    with pytest.raises(CommandError, match="już obowiązywało"):
        edition("withdraw", second.code, "--by", "gis", "--apply")
    edition("activate", "m2", "--at", "2999-01-01T00:00", "--by", "gis", "--apply")
    said = edition("list")
    assert "mowing\tm1\tin_force" in said
    assert OSIEDLA in said
    with pytest.raises(CommandError, match="no date and time"):
        edition("activate", "m2", "--at", "tomorrow", "--by", "gis")


def test_what_is_not_checked_is_not_approved():
    drafted("m1", {"a": square(0)})
    with pytest.raises(CommandError, match="Najpierw sprawdź szkic"):
        edition("approve", "m1", "--by", "gis2", "--apply")
    with pytest.raises(CommandError, match="no edition 'x'"):
        edition("approve", "x", "--by", "gis2", "--apply")
    drafted("m2", {"a": square(0)})
    edition("withdraw", "m2", "--by", "gis", "--apply")
    assert state("m2") == State.WITHDRAWN
