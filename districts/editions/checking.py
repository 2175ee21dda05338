"""The checks of an edition: asked for by a person, done by the worker, kept as findings."""

from collections.abc import Sequence

import shapely
import structlog
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from districts.models import District, Edition, EditionCheck, EditionStep, Finding
from owed.nudging import nudge
from web.errors import PortalError

from .drafting import DraftChanged, NotADraft, lock_draft
from .flaws import find_flaws
from .found import Found
from .outlines_and_borders import as_multipolygon, outlines_of, refresh_index, write_borders

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
    districts = list(draft.districts.all())
    found = find_flaws(draft)
    passes = all(one.severity != Finding.Severity.ERROR for one in found)
    if passes:
        polygons = [shapely.from_wkb(bytes(row.boundary.wkb)) for row in districts]
        for row, outline in zip(districts, outlines_of(polygons), strict=True):
            row.outline = as_multipolygon(outline)
    with transaction.atomic():
        locked = lock_draft(draft, revision=draft.revision)
        _replace_findings(locked, found)
        if passes:
            District.objects.bulk_update(districts, ["outline"], batch_size=500)
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
    text = explanation.strip()
    if not text:
        raise ExplanationMissing
    locked = lock_draft(finding.edition)
    row = locked.findings.filter(pk=finding.pk, severity=Finding.Severity.WARNING).first()
    if row is None:
        raise NothingToExplain
    row.explanation, row.explained_by, row.explained_at = text, by, timezone.now()
    row.save(update_fields=["explanation", "explained_by", "explained_at"])
    details = {"kind": row.kind, "codes": row.codes}
    EditionStep.objects.create(edition=locked, word=Step.EXPLAINED, by=by, details=details)
    return row


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
