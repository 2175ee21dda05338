"""A letter to a unit came back after the mail server had taken it: the sending failed after all."""

from django.db import transaction
from django.utils import timezone

from reports.changing import lock_reports
from reports.handling.status import change_by_dispatch
from reports.models import Dispatch, Status


@transaction.atomic
def record_bounce(dispatch: Dispatch, code: str) -> bool:
    """Take ``dispatch`` for failed, so that the operator gets the report; False if it does not bind
    any more. ``code``: the status of delivery, such as "5.1.1". A unit that has begun keeps the
    report: it has read of it elsewhere.
    """
    (locked,) = lock_reports([dispatch.report_id])
    done = Dispatch.objects.filter(
        pk=dispatch.pk, state=Dispatch.State.DONE, assignment=locked.assignments.last()
    )
    if locked.status != Status.FORWARDED or not done.exists():
        return False
    done.update(
        state=Dispatch.State.FAILED, ended_at=timezone.now(), last_error=f"returned: {code}"[:200]
    )
    change_by_dispatch({locked: Status.WITH_OPERATOR})
    return True
