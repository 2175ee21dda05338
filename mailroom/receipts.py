"""The one letter that a reply may be answered with: it was saved, or an operator will read it.

Only a reply to a signed address from the unit's own domain is answered, and no automatic one.
"""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import override

from reports.models import Report, Status

from .models import Reply


def owe_taken_letter(row: Reply, report: Report, to: str) -> None:
    _owe(row, report, "mailroom/taken.txt", {"status": Status(to).label})


def owe_left_letter(row: Reply, report: Report) -> None:
    words = {"reason": row.get_reason_display(), "refusal": row.refusal}
    _owe(row, report, "mailroom/left.txt", words)


def _owe(row: Reply, report: Report, template: str, words: dict[str, object]) -> None:
    with override(settings.LANGUAGE_CODE):
        city = {"portal_name": settings.CITY_PORTAL_NAME}
        letter = EmailMessage(
            subject=f"[{report.reference}] {report.category.name}",
            body=render_to_string(template, {"report": report, "city": city, **words}),
            to=[row.sender],
            headers={
                "X-Outbox-Key": f"reply:{report.reference}:{row.pk}",
                # So that no machine answers it (RFC 3834).
                "Auto-Submitted": "auto-replied",
            },
        )
        # An address that no letter reaches does not undo the answer.
        get_connection(fail_silently=True).send_messages([letter])
