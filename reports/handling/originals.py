"""Suggests which report another may repeat."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib.gis.db.models.functions import Distance
from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from reports.models import Report
from reports.nearby import within

_METRES = 200
_TIME = timedelta(days=90)
# Of the words of two reports: 1 if they are the same, 0 if they share no three letters.
_ALIKE = 0.3
_MOST = 5
# The nearest that are compared.
_MOST_COMPARED = 100


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``reason``: in words, why both may be about the same matter."""

    report: Report
    reason: str


def suggest_originals(report: Report, by: User) -> list[Suggestion]:
    """Open reports that ``by`` sees and that ``report`` may repeat, the likeliest first, at most
    five: within 200 m and 90 days, of the same group or in similar words. None where the place of
    either is only roughly known.
    """
    if report.is_approximate:
        return []
    near = Report.objects.visible_to(by).open().public().exclude(pk=report.pk)
    near = near.filter(
        within(report.location, _METRES),
        is_approximate=False,
        created_at__range=(report.created_at - _TIME, report.created_at + _TIME),
    ).annotate(
        away=Distance("location", report.location),
        alike=TrigramSimilarity("description", report.description),
    )
    same = near.filter(Q(category__group=report.category.group_id) | Q(alike__gte=_ALIKE))
    rows = same.select_related("category").order_by("away")[:_MOST_COMPARED]
    ranked = sorted(rows, key=lambda row: _unlikeness(report, row))
    return [Suggestion(row, _reason(report, row)) for row in ranked[:_MOST]]


def _unlikeness(report: Report, other) -> float:
    """0 for the same group in the same words at the same place and time, 4 at most."""
    apart = abs(report.created_at - other.created_at) / _TIME
    return other.away.m / _METRES + apart + (not _is_of_group(report, other)) + 1 - other.alike


def _is_of_group(report: Report, other: Report) -> bool:
    return report.category.group_id == other.category.group_id


def _reason(report: Report, other) -> str:
    days = abs(report.created_at - other.created_at).days
    reasons = [_("%(metres)d m stąd") % {"metres": round(other.away.m)}]
    if report.category_id == other.category_id:
        reasons.append(_("ta sama kategoria"))
    elif _is_of_group(report, other):
        reasons.append(_("ta sama grupa"))
    if other.created_at < report.created_at:
        words = ngettext("%(days)d dzień wcześniej", "%(days)d dni wcześniej", days)
    else:
        words = ngettext("%(days)d dzień później", "%(days)d dni później", days)
    reasons.append(words % {"days": days} if days else _("w tym samym czasie"))
    if other.alike >= _ALIKE:
        reasons.append(_("podobne słowa"))
    return ", ".join(reasons)
