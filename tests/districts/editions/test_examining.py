"""``manage.py edition check`` and ``compare``: what they say, and by which exit code."""

import io
import json
from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command

from districts.editions.drafting import change_draft, shapes_of
from districts.management.commands.edition import Command
from districts.models import DraftChange, Edition, EditionStep
from tests.districts.editions.drafts import approved, drafted, gis, regions, square

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def staff():
    gis("gis")


def edition(*words: str) -> tuple[int, str]:
    """The exit code, and what was said to whoever reads the output."""
    said, code = io.StringIO(), 0
    try:
        call_command("edition", *words, stdout=said, stderr=io.StringIO())
    except SystemExit as end:
        code = int(end.code or 0)
    return code, said.getvalue()


def test_a_good_draft_is_checked_and_kept_only_if_told():
    drafted("m1", {"a": square(0), "b": square(1)})
    code, said = edition("check", "m1", "--by", "gis")
    assert (code, "0 errors, 0 warnings" in said, "dry run" in said) == (0, True, True)
    draft = Edition.objects.get(code="m1")
    assert draft.checked_at is None
    assert edition("check", "m1", "--by", "gis", "--apply")[0] == 0
    draft.refresh_from_db()
    assert draft.checked_at is not None
    assert draft.steps.filter(word=EditionStep.Word.CHECKED, by__username="gis").exists()


def test_errors_have_a_code_of_their_own_and_a_place():
    drafted("m1", {"a": square(0), "b": square(0.5)})
    code, said = edition("check", "m1", "--by", "gis")
    assert code == 3
    assert "error\toverlap\ta,b\t" in said
    # South-western corner of the overlap, which is half a square.
    assert "51.7705, 19.45675" in said


def test_findings_are_kept_also_where_they_forbid_the_edition():
    drafted("m1", {"a": square(0), "b": square(0.5)})
    assert edition("check", "m1", "--by", "gis", "--apply")[0] == 3
    assert Edition.objects.get(code="m1").findings.filter(kind="overlap").exists()


def test_warnings_without_a_sentence_have_another_code():
    base = approved("base", {"a": square(0), "b": square(1)})
    draft = drafted("m1", {"a": square(0)})
    Edition.objects.filter(pk=draft.pk).update(based_on=base)
    code, said = edition("check", "m1", "--by", "gis", "--apply")
    assert (code, "warning\tlost\tb\t" in said) == (4, True)
    draft.findings.update(explanation="Rejon połączono.")
    assert edition("check", "m1", "--by", "gis")[0] == 0


def test_a_program_reads_findings_as_json():
    drafted("m1", {"a": square(0), "b": square(0.5)})
    code, said = edition("check", "m1", "--by", "gis", "--json")
    found = json.loads(said)
    assert (code, found["edition"], found["errors"]) == (3, "m1", 1)
    [overlap] = found["findings"]
    assert (overlap["kind"], overlap["codes"], overlap["unit"]) == ("overlap", ["a", "b"], "m2")
    assert (overlap["lat"], overlap["lon"]) == pytest.approx((51.7705, 19.45675))


def test_what_is_approved_is_not_checked_again():
    approved("m1", {"a": square(0)})
    with pytest.raises(CommandError, match="nie jest już szkicem") as refusal:
        edition("check", "m1", "--by", "gis")
    assert refusal.value.returncode == 1


@pytest.mark.parametrize("words", [["check"], ["check", "m1"], ["compare"], ["compare", "--x"]])
def test_wrong_arguments_end_with_two(words, capsys):
    with pytest.raises(SystemExit) as end:
        Command().run_from_argv(["manage.py", "edition", *words])
    assert end.value.code == 2


def moved(code: str, base: Edition) -> Edition:
    """A draft in which the region ``b`` has given half of itself to ``a`` and is named anew."""
    draft = drafted(code, {"a": square(0, wide=1.5), "b": square(1.5, wide=0.5)})
    renamed = replace(shapes_of(draft)["b"], name="Nowa")
    change_draft(draft, {"b": renamed}, by=gis("gis"), word=DraftChange.Word.DRAWN)
    Edition.objects.filter(pk=draft.pk).update(based_on=base)
    return draft


def test_editions_are_compared_with_the_one_in_force_or_with_one_that_is_named():
    base = approved("base", {"a": square(0), "b": square(1)})
    moved("m1", base)
    with pytest.raises(CommandError, match="has no edition before it") as refusal:
        edition("compare", "m1")
    assert refusal.value.returncode == 1
    call_command("edition", "activate", "base", "--by", "gis", "--apply", stdout=io.StringIO())
    for words in (["m1"], ["m1", "base"]):
        code, said = edition("compare", *words)
        assert (code, "moves\tb -> a\t0.3" in said, "renamed\tb -> b\tNowa" in said) == (
            3,
            True,
            True,
        )


def test_what_is_the_same_ends_with_nought():
    approved("base", {"a": square(0)})
    drafted("m1", {"a": square(0)})
    assert edition("compare", "m1", "base") == (0, "base -> m1: nothing differs\n")


def test_a_program_reads_pieces_as_json():
    moved("m1", approved("base", {"a": square(0), "b": square(1), "c": square(2)}))
    code, said = edition("compare", "m1", "base", "--json")
    found = json.loads(said)
    assert (code, found["before"], found["after"], found["gone"]) == (3, "base", "m1", ["c"])
    ways = {(piece["from"], piece["to"]) for piece in found["pieces"]}
    assert ways == {("b", "a"), ("c", None)}
    assert found["pieces"][0]["geometry"]["type"] == "MultiPolygon"


def test_editions_of_two_layers_are_not_compared():
    drafted("m1", {"a": square(0)})
    drafted("l1", {"a": square(0)}, layer=regions("lighting"))
    with pytest.raises(CommandError, match="is of the layer lighting"):
        edition("compare", "m1", "l1")
