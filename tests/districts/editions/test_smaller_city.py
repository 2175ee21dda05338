"""A city that really got smaller: accepted place by place, and nothing else is let pass by it."""

import pytest
import shapely
from django.utils import timezone

from districts.editions.activating import activate_edition
from districts.editions.approving import (
    NotChecked,
    WarningUnexplained,
    approve_edition,
    withdraw_edition,
)
from districts.editions.checking import (
    ExplanationMissing,
    NothingToExplain,
    accept_smaller_city,
    check_edition,
    explain_finding,
)
from districts.editions.drafting import NotADraft, Shape, shapes_of
from districts.editions.flaws import city_outline
from districts.editions.mending import Mend, mend_draft, propose_mend
from districts.models import Edition, EditionCheck, EditionStep, Finding, Layer
from tests.districts.editions.drafts import drafted, gis, square
from tests.districts.editions.test_checking import is_same, osiedla, redraw

pytestmark = pytest.mark.django_db
Kind, Severity = Finding.Kind, Finding.Severity
WHY = "Rozporządzenie Rady Ministrów: ten teren należy do gminy obok."


@pytest.fixture
def draft() -> Edition:
    """It lacks some ground of the city in the far east."""
    row = osiedla(gis("gis"))
    bite(row, 0.001)
    return row


def edge_of(draft: Edition, code: str = "andrzejow", part: float = 0.5) -> shapely.Point:
    shape = draft.based_on.districts.get(code=code).boundary
    edge = shapely.from_wkb(bytes(shape.wkb)).intersection(city_outline().boundary)
    corners = shapely.get_coordinates(edge)
    return shapely.Point(corners[int(len(corners) * part)])


def bite(draft: Edition, size: float, code: str = "andrzejow", part: float = 0.5) -> None:
    """Take ground from a district around a corner of the city's border."""
    shape = shapes_of(draft)[code]
    rest = shape.boundary.difference(edge_of(draft, code, part).buffer(size))
    redraw(draft, **{code: Shape(shape.name, rest, shape.borough, shape.teryt)})


def found(draft: Edition, kind: Finding.Kind = Kind.UNCOVERED) -> list[Finding]:
    check_edition(draft, by=None)
    draft.refresh_from_db()
    return list(draft.findings.filter(kind=kind))


def accept(finding: Finding, why: str = WHY) -> Finding:
    return accept_smaller_city(finding, why, by=gis("gis"))


def test_accepted_ground_is_a_warning_with_its_sentence_and_the_draft_passes(draft):
    [finding] = found(draft)
    assert (finding.severity, draft.checked_at) == (Severity.ERROR, None)
    accept(finding)
    # What was accepted counts only once it was checked again.
    with pytest.raises(NotChecked):
        approve_edition(draft, by=gis("gis2"))
    assert EditionCheck.objects.due(timezone.now()).filter(edition=draft).exists()
    [again] = found(draft)
    assert (again.severity, again.explanation) == (Severity.WARNING, WHY)
    assert again.explained_by == gis("gis")
    assert draft.checked_at is not None
    step = draft.steps.get(word=EditionStep.Word.BORDER_ACCEPTED)
    assert (step.by, step.details["codes"]) == (gis("gis"), ["andrzejow"])


def test_the_smaller_city_comes_into_force_with_a_second_person(draft):
    before = city_outline()
    accept(found(draft)[0])
    found(draft)
    for finding in draft.findings.filter(explanation=""):
        explain_finding(finding, "Poza miastem.", by=gis("gis"))
    activate_edition(approve_edition(draft, by=gis("gis2")), by=gis("gis"))
    assert before.difference(city_outline()).area > 0
    # The next draft is compared with the smaller city.
    following = osiedla(gis("gis"), code="later")
    assert found(following) == []


def test_a_sentence_is_asked_for(draft):
    [finding] = found(draft)
    with pytest.raises(ExplanationMissing):
        accept(finding, "  ")
    assert found(draft)[0].severity == Severity.ERROR


def test_without_a_new_sentence_a_changed_one_is_still_a_warning_that_may_be_explained(draft):
    accept(found(draft)[0])
    [accepted] = found(draft)
    explain_finding(accepted, "Dz.U. 2026 poz. 1.", by=gis("gis"))
    assert found(draft)[0].explanation == "Dz.U. 2026 poz. 1."
    Finding.objects.filter(pk=found(draft)[0].pk).update(explanation="")
    with pytest.raises(WarningUnexplained):
        approve_edition(draft, by=gis("gis2"))


def test_more_ground_at_the_same_place_is_an_error_again(draft):
    accept(found(draft)[0])
    bite(draft, 0.0015)
    [finding] = found(draft)
    assert (finding.severity, finding.explanation) == (Severity.ERROR, "")
    assert draft.checked_at is None


def test_ground_elsewhere_is_an_error_of_its_own(draft):
    accept(found(draft)[0])
    bite(draft, 0.001, code="ruda")
    severities = {row.codes[0]: row.severity for row in found(draft)}
    assert severities == {"andrzejow": Severity.WARNING, "ruda": Severity.ERROR}
    assert draft.checked_at is None


def test_a_hole_within_the_city_is_never_accepted(draft):
    shape = shapes_of(draft)["katedralna"]
    pierced = shape.boundary.difference(square(0, -5))
    redraw(draft, katedralna=Shape(shape.name, pierced, shape.borough, shape.teryt))
    [hole] = found(draft, Kind.GAP)
    with pytest.raises(NothingToExplain):
        accept(hole)
    accept(draft.findings.get(kind=Kind.UNCOVERED))
    assert found(draft, Kind.GAP)[0].severity == Severity.ERROR
    assert draft.checked_at is None


def test_only_the_osiedla_say_where_the_city_ends():
    layer = Layer.objects.create(code="lamps", name="Lampy", covers_city=True)
    draft = drafted("l1", {"a": square(0)}, layer=layer)
    [finding] = found(draft)
    with pytest.raises(NothingToExplain):
        accept(finding)


def test_what_is_no_draft_any_more_takes_no_sentence(draft):
    [finding] = found(draft)
    withdraw_edition(draft, by=gis("gis"))
    with pytest.raises(NotADraft):
        accept(finding)


def test_a_mend_gives_accepted_ground_back_and_takes_none(draft):
    city = city_outline()
    accept(found(draft)[0])
    [accepted] = found(draft)
    mend_draft(draft, propose_mend(accepted, Mend.GIVE), by=gis("gis"))
    draft.refresh_from_db()
    whole = shapely.union_all([shape.boundary for shape in shapes_of(draft).values()])
    assert is_same(whole, city)
