"""Why a report needs a decision of the operator. This is asked of the rows themselves, so that a
report leaves the queue with the act that settles it.
"""

from collections.abc import Collection
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from reports.models import Dispatch, Report, Status, ToOperator
from reports.models.report import IS_OPEN
from reports.sides import NEAR_METRES

# By so many hands a report has gone when nobody seems to be competent.
_MOST_HANDS = 3
# Nobody has begun to work on it.
_NOT_BEGUN = Q(status__in=(Status.RECEIVED, Status.WITH_OPERATOR, Status.FORWARDED))


class Reason(models.TextChoices):
    """In the order in which a row names them; values stand in addresses."""

    NOT_SENT = "niewyslane", _("wysyłka do jednostki się nie udała")
    REOPENED = "drugie-wezwanie", _("zgłaszający pisze, że nadal jest źle")
    HANDED_OVER = "trzecie-przekazanie", _("przekazane już trzy razy")
    RETURNED = "zwrocone", _("ktoś zwrócił ją operatorowi")
    CATCH_ALL = "bez-jednostki", _("załącznik nie wskazuje jednostki")
    BY_OPERATOR = "przez-operatora", _("tę kategorię przydziela operator")
    BORDER = "przy-granicy", _("leży przy granicy osiedli")

    def condition(self) -> Q:
        """What is true of the open reports that need a decision for this reason."""
        return _CONDITIONS[self]()


def any_reason() -> Q:
    """What an operator has to decide about, of the open reports."""
    return reduce(or_, (reason.condition() for reason in Reason))


def reasons_of(keys: Collection[int]) -> dict[int, list[Reason]]:
    """Why each of these reports needs a decision; one statement."""
    rows = Report.objects.filter(IS_OPEN, pk__in=keys)
    asked = {
        reason.name: models.ExpressionWrapper(reason.condition(), models.BooleanField())
        for reason in Reason
    }
    found = {
        row["pk"]: [reason for reason in Reason if row[reason.name]]
        for row in rows.annotate(**asked).values("pk", *asked)
    }
    return {key: reasons for key, reasons in found.items() if reasons}


def _given_to_operator(way: ToOperator) -> Q:
    return Q(status=Status.WITH_OPERATOR, to_operator=way)


_CONDITIONS = {
    Reason.NOT_SENT: lambda: Q(pk__in=Dispatch.objects.failed().order_by().values("report")),
    Reason.REOPENED: lambda: _NOT_BEGUN & Q(called_again_at__isnull=False),
    Reason.HANDED_OVER: lambda: _NOT_BEGUN & Q(hand_overs__gte=_MOST_HANDS),
    Reason.RETURNED: lambda: _given_to_operator(ToOperator.BY_HAND),
    Reason.CATCH_ALL: lambda: _given_to_operator(ToOperator.CATCH_ALL),
    Reason.BY_OPERATOR: lambda: _given_to_operator(ToOperator.BY_CATEGORY),
    # A sender who chose the side knows where it is.
    Reason.BORDER: lambda: _NOT_BEGUN & Q(metres_to_border__lt=NEAR_METRES, side=""),
}
