"""The checks of an edition: asked for by a person, done by the worker, kept as findings."""

from collections.abc import Sequence
from dataclasses import replace

import shapely
import structlog
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import OSIEDLA, Edition, EditionCheck, EditionStep, Finding
from owed.nudging import nudge
from web.errors import PortalError

from .drafting import DraftChanged, NotADraft, lock_draft
from .flaws import find_flaws
from .found import Found, Kind, Unit
from .outlines_and_borders import refresh_index, write_borders, write_outlines

TASK = "districts.check_editions"
Step = EditionStep.Word
_log = structlog.get_logger(__name__)


class ExplanationMissing(PortalError):
    code = "explanation_missing"
    status = 400
    field = "explanation"
    detail = _("Napisz jednym zdaniem, dlaczego tak ma być.")


class NothingToExplain(PortalError):
    code = "nothing_to_explain"
    status = 409
    detail = _("Tego ostrzeżenia już nie ma. Odśwież stronę.")


@transaction.atomic
def ask_for_check(edition: Edition, *, by) -> EditionCheck:
    """Owe a check of the draft; a worker does it at once. Raises ``NotADraft``."""
    locked = lock_draft(edition)
    now = timezone.now()
    check = EditionCheck.objects.filter(edition=locked).first()
    if check is None or check.done_at or check.has_failed:
        asked = {"asked_by": by, "asked_at": now, "attempts": 0}
        free = {"done_at": None, "revision": None, "leased_until": None}
        check, _new = EditionCheck.objects.update_or_create(edition=locked, defaults=asked | free)
    nudge(TASK)
    return check


def check_due() -> int:
    """Do all checks that are owed; returns how many. Safe to run many times at once, but not
    within a transaction.
    """
    done = 0
    due = EditionCheck.objects.order_by("asked_at")
    while batch := due.due(timezone.now()).claim(timezone.now(), most=1, counts_attempt=True):
        done += _do(batch[0])
    return done


def _do(check: EditionCheck) -> bool:
    mine = EditionCheck.objects.still_leased([check])
    try:
        check_edition(check.edition, by=check.asked_by)
    except DraftChanged:
        # Somebody drew meanwhile: what is there now is checked, and it is no failure.
        mine.update(leased_until=None, attempts=0)
        return False
    except NotADraft:
        # Approved after an attempt that was cut short, or withdrawn.
        pass
    refresh_index(concurrently=True)
    mine.update(leased_until=None, done_at=timezone.now())
    return True


def check_edition(edition: Edition, *, by) -> Edition:
    """Check a draft and keep what is found in place of what was. Without an error, the draft is
    checked, and has the outlines and borders that locating needs; ``refresh_index`` is due then.

    Raises ``NotADraft``, and ``DraftChanged`` if it was changed meanwhile; then nothing is kept.
    """
    draft = Edition.objects.select_related("layer", "based_on").get(pk=edition.pk)
    districts = list(draft.districts.defer("outline"))
    found = find_flaws(draft)
    with transaction.atomic():
        locked = lock_draft(draft, revision=draft.revision)
        found = _with_accepted(locked, found)
        passes = all(one.severity != Finding.Severity.ERROR for one in found)
        _replace_findings(locked, found)
        if passes:
            write_outlines(districts)
            write_borders(locked, districts)
        locked.checked_at = timezone.now() if passes else None
        locked.save(update_fields=["checked_at"])
        warnings = sum(one.severity == Finding.Severity.WARNING for one in found)
        counts = {"errors": len(found) - warnings, "warnings": warnings}
        EditionStep.objects.create(edition=locked, word=Step.CHECKED, by=by, details=counts)
        now = timezone.now()
        by_hand = {"asked_by": by, "asked_at": now, "done_at": now, "revision": locked.revision}
        EditionCheck.objects.update_or_create(
            edition=locked, defaults={"revision": locked.revision}, create_defaults=by_hand
        )
    _log.info("edition_checked", edition=locked.code, **counts)
    return locked


@transaction.atomic
def explain_finding(finding: Finding, explanation: str, *, by) -> Finding:
    """Keep why a warning is meant. Raises ``ExplanationMissing``, ``NothingToExplain`` (an error,
    or gone since) and ``NotADraft``.
    """
    row = _find_to_explain(finding, explanation, severity=Finding.Severity.WARNING)
    _keep_explanation(row, explanation, by=by, word=Step.EXPLAINED)
    return row


@transaction.atomic
def accept_smaller_city(finding: Finding, explanation: str, *, by) -> Finding:
    """Keep why the city really ends here: ground at its edge that has no district any more is then
    a warning with that sentence, as long as it is the very same ground. A new check is owed, which
    decides about the draft. Nothing else is let pass by it. Raises ``ExplanationMissing``,
    ``NothingToExplain`` (gone since, or no such ground of a draft of the osiedla) and
    ``NotADraft``.
    """
    row = _find_to_explain(finding, explanation, severity=Finding.Severity.ERROR)
    if not may_accept_smaller_city(row.edition, row):
        raise NothingToExplain
    place = shapely.from_wkb(bytes(row.place.wkb))
    found = Found(
        Kind(row.kind), tuple(row.codes), place, row.size, Unit(row.unit), row.details, True
    )
    row.key, row.severity = found.key, found.severity
    _keep_explanation(row, explanation, by=by, word=Step.BORDER_ACCEPTED)
    ask_for_check(row.edition, by=by)
    return row


def may_accept_smaller_city(edition: Edition, finding: Finding | Found) -> bool:
    """Whether ``finding`` is ground that the city would lose. The osiedla say where it ends."""
    return edition.layer_id == OSIEDLA and finding.kind == Kind.UNCOVERED


def _find_to_explain(finding: Finding, explanation: str, *, severity: str) -> Finding:
    """The row of a locked draft."""
    if not explanation.strip():
        raise ExplanationMissing
    locked = lock_draft(finding.edition)
    row = locked.findings.filter(pk=finding.pk, severity=severity).first()
    if row is None:
        raise NothingToExplain
    row.edition = locked
    return row


def _keep_explanation(row: Finding, explanation: str, *, by, word: EditionStep.Word) -> None:
    row.explanation, row.explained_by = explanation.strip(), by
    row.explained_at = timezone.now()
    row.save(update_fields=["key", "severity", "explanation", "explained_by", "explained_at"])
    details = {"kind": row.kind, "codes": row.codes}
    EditionStep.objects.create(edition=row.edition, word=word, by=by, details=details)


def _with_accepted(locked: Edition, found: Sequence[Found]) -> list[Found]:
    """What was found, with the ground that somebody accepted to lose as warnings."""
    warnings = locked.findings.filter(kind=Kind.UNCOVERED, severity=Finding.Severity.WARNING)
    keys = set(warnings.values_list("key", flat=True))
    accepted = {one.key: replace(one, is_allowed=True) for one in found}
    return [accepted[one.key] if accepted[one.key].key in keys else one for one in found]


def _replace_findings(edition: Edition, found: Sequence[Found]) -> None:
    explained = {row.key: row for row in edition.findings.exclude(explanation="").defer("place")}
    edition.findings.all().delete()
    rows = []
    for one in found:
        kept = explained.get(one.key)
        rows.append(
            Finding(
                edition=edition,
                key=one.key,
                kind=one.kind,
                severity=one.severity,
                codes=list(one.codes),
                place=GEOSGeometry(memoryview(shapely.to_wkb(one.place)), srid=4326),
                size=one.size,
                unit=one.unit,
                details=dict(one.details),
                explanation=kept.explanation if kept else "",
                explained_by_id=kept.explained_by_id if kept else None,
                explained_at=kept.explained_at if kept else None,
            )
        )
    Finding.objects.bulk_create(rows, batch_size=500)
