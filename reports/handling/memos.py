"""Staff write to each other about a report."""

from django.db import transaction

from accounts.audit import record
from accounts.models import User
from reports.models import Memo, Report, ReportWord


@transaction.atomic
def add_memo(report: Report, *, text: str, by: User) -> Memo:
    """Append a memo. It is no new version of the report: nobody's answer is in its way."""
    memo = Memo.objects.create(report=report, by=by, text=text)
    record(actor=by, action=ReportWord.MEMO_ADDED, target=report)
    return memo
