"""A return to the boundaries before: what was handed over comes back, unless somebody worked on it.

Write-free. What comes back gets exactly the decision that bound before, whoever took it.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import connection
from django.utils import timezone

from districts.models import Activation, Edition
from reports.models.report import FINAL

from .affected import Affected

_RESTORED = """
SELECT r.id, r.category_id, r.unit_id, previous.unit_id, was.code, place.code, place.id,
    last.mode, previous.mode, previous.rule_id, previous.region_id
FROM (SELECT DISTINCT report_id FROM reports_assignment WHERE activation_id = ANY(%(returned)s)) one
JOIN reports_report r ON r.id = one.report_id
CROSS JOIN LATERAL (
    SELECT activation_id, mode FROM reports_assignment
    WHERE report_id = r.id ORDER BY at DESC, id DESC LIMIT 1
) last
CROSS JOIN LATERAL (
    SELECT * FROM reports_assignment
    WHERE report_id = r.id AND (activation_id IS NULL OR activation_id <> ALL(%(returned)s))
    ORDER BY at DESC, id DESC LIMIT 1
) previous
JOIN districts_district was ON was.id = r.district_id
JOIN districts_district place ON place.id = previous.district_id
WHERE last.activation_id = ANY(%(returned)s) AND r.status <> ALL(%(final)s)
    AND (%(only)s::bigint[] IS NULL OR r.id = ANY(%(only)s))
ORDER BY r.id
"""
_WORKED_ON = """
SELECT r.id
FROM reports_report r
CROSS JOIN LATERAL (
    SELECT at FROM reports_assignment WHERE report_id = r.id ORDER BY at DESC, id DESC LIMIT 1
) last
WHERE r.id = ANY(%s) AND (
    EXISTS (SELECT FROM reports_statuschange c
            WHERE c.report_id = r.id AND c.by_id IS NOT NULL AND c.at > last.at)
    OR EXISTS (SELECT FROM accounts_auditentry e
               WHERE e.target_type = 'reports.report' AND e.target_id = r.id::text
                   AND e.actor_id IS NOT NULL AND e.at > last.at))
"""


def returned_activations(edition: Edition, *, at: datetime | None = None) -> list[int]:
    """Keys of the activations that a return to ``edition`` at ``at`` (or now) takes back: those
    that began since it was in force.
    """
    begun = Activation.objects.filter(layer=edition.layer_id)
    begun = begun.filter(at__lt=at) if at else begun.filter(at__lte=timezone.now())
    last = begun.filter(edition=edition).order_by("-at").first()
    if last is None:
        return []
    return list(begun.filter(at__gt=last.at).values_list("pk", flat=True))


def find_restored(
    returned: Sequence[int], *, only: Collection[int] | None = None
) -> list[Affected]:
    """The open reports that those activations (their keys) have moved and nothing since, with the
    decision that bound before.
    """
    if not returned:
        return []
    values: dict[str, list[int] | list[str] | None] = {
        "returned": list(returned),
        "final": [str(status) for status in FINAL],
        "only": None if only is None else list(only),
    }
    with connection.cursor() as cursor:
        cursor.execute(_RESTORED, values)
        return [Affected(*row) for row in cursor.fetchall()]


def find_worked_on(reports: Collection[int]) -> set[int]:
    """Those of these reports (their keys) with which somebody of the staff did something since
    they were routed last.
    """
    with connection.cursor() as cursor:
        cursor.execute(_WORKED_ON, [list(reports)])
        return {key for (key,) in cursor.fetchall()}
