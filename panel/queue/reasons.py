"""Why a report needs a decision of the operator. This is asked of the rows themselves, so that a
report leaves the queue with the act that settles it.
"""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils.translation import gettext_lazy as _

from reports.models import Dispatch, Report, Status, ToOperator
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


def reason_columns() -> dict[str, ExpressionWrapper]:
    """What ``reasons_of`` asks a row, to annotate open reports with."""
    return {
        f"is_{reason.name.lower()}": ExpressionWrapper(reason.condition(), BooleanField())
        for reason in Reason
    }


def reasons_of(row: Report) -> list[Reason]:
    """Why it needs a decision; none where it was not annotated with ``reason_columns``."""
    return [reason for reason in Reason if getattr(row, f"is_{reason.name.lower()}", False)]


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
