"""Why a report needs a decision of the operator. This is asked of the rows themselves, so that a
report leaves the queue with the act that settles it.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Value
from django.utils.translation import gettext_lazy as _

from catalogue.models import RoutingRule
from reports.models import Assignment, Dispatch, Report, Status
from reports.models.report import ReportQuerySet
from reports.sides import NEAR_METRES

# By so many hands a report has gone when nobody seems to be competent.
_MOST_HANDS = 3
# Nobody has begun to work on it.
_NOT_BEGUN = (Status.RECEIVED, Status.WITH_OPERATOR, Status.FORWARDED)


class Reason(models.TextChoices):
    """In the order in which a row names them; values stand in addresses."""

    NOT_SENT = "niewyslane", _("wysyłka do jednostki się nie udała")
    REOPENED = "drugie-wezwanie", _("zgłaszający pisze, że nadal jest źle")
    HANDED_OVER = "trzecie-przekazanie", _("przekazane już trzy razy")
    RETURNED = "zwrocone", _("ktoś zwrócił ją operatorowi")
    CATCH_ALL = "bez-jednostki", _("załącznik nie wskazuje jednostki")
    BY_OPERATOR = "przez-operatora", _("tę kategorię przydziela operator")
    BORDER = "przy-granicy", _("leży przy granicy osiedli")

    def keys(self, reports: ReportQuerySet) -> QuerySet:
        """The keys of those of ``reports`` that need a decision for this reason."""
        return _KEYS[self](reports.open().order_by()).values("pk")

    def condition(self) -> Q:
        return Q(pk__in=self.keys(Report.objects.all()))


def any_reason() -> Q:
    """What an operator has to decide about."""
    return reduce(or_, (reason.condition() for reason in Reason))


def reasons_of(keys: Collection[int]) -> dict[int, list[Reason]]:
    """Why each of these reports needs a decision; one statement."""
    rows = Report.objects.filter(pk__in=keys)
    parts = [reason.keys(rows).annotate(why=Value(reason.value)) for reason in Reason]
    found: dict[int, list[Reason]] = {}
    for pk, why in parts[0].union(*parts[1:], all=True).values_list("pk", "why"):
        found.setdefault(pk, []).append(Reason(why))
    order = list(Reason)
    return {pk: sorted(reasons, key=order.index) for pk, reasons in found.items()}


def count_reasons(reports: ReportQuerySet) -> dict[Reason, int]:
    """How many of ``reports`` need a decision for each reason; one statement."""
    parts = [
        reason.keys(reports)
        .annotate(why=Value(reason.value))
        .values("why")
        .annotate(number=Count("pk"))
        for reason in Reason
    ]
    rows = parts[0].union(*parts[1:], all=True).values_list("why", "number")
    return {Reason(why): number for why, number in rows if number}


def _with_operator(reports: ReportQuerySet) -> QuerySet:
    """Those that were given to the operator, each with the rule by which that happened."""
    last = Assignment.objects.filter(report=OuterRef("pk")).order_by("-at", "-id")
    rows = reports.filter(status=Status.WITH_OPERATOR).annotate(
        mode=Subquery(last.values("mode")[:1]), came_by=Subquery(last.values("rule")[:1])
    )
    return rows.filter(mode=RoutingRule.Mode.OPERATOR)


def _catch_alls() -> QuerySet:
    return RoutingRule.objects.filter(category=None, mode=RoutingRule.Mode.OPERATOR).values("pk")


def _handed_over() -> QuerySet:
    by_hand = Assignment.objects.filter(rule=None, by__isnull=False).order_by()
    counted = by_hand.values("report").annotate(hands=Count("pk"))
    return counted.filter(hands__gte=_MOST_HANDS).values("report")


_KEYS = {
    Reason.NOT_SENT: lambda rows: rows.filter(
        pk__in=Dispatch.objects.failed().order_by().values("report")
    ),
    Reason.REOPENED: lambda rows: rows.filter(called_again_at__isnull=False, status__in=_NOT_BEGUN),
    Reason.HANDED_OVER: lambda rows: rows.filter(pk__in=_handed_over(), status__in=_NOT_BEGUN),
    Reason.RETURNED: lambda rows: _with_operator(rows).filter(came_by=None),
    Reason.CATCH_ALL: lambda rows: _with_operator(rows).filter(came_by__in=_catch_alls()),
    Reason.BY_OPERATOR: lambda rows: (
        _with_operator(rows).filter(came_by__isnull=False).exclude(came_by__in=_catch_alls())
    ),
    # A sender who chose the side knows where it is.
    Reason.BORDER: lambda rows: rows.filter(
        metres_to_border__lt=NEAR_METRES, side="", status__in=_NOT_BEGUN
    ),
}
