"""Letters to a member of the staff about a report that they have to do."""

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from reports.letter_keys import letters_to_staff
from reports.models import Report
from web.addresses import absolute_url


def owe_assigned_letter(report: Report, person: User, *, by: User) -> None:
    """Owe the letter that ``person`` was given ``report`` by ``by``. Who has no address gets none;
    an address that no letter reaches does not prevent the change.
    """
    if not person.email:
        return
    with override(person.language):
        context = {
            "report": report,
            "by": by.get_full_name() or by.get_username(),
            "url": absolute_url("panel:report", report.reference),
            "city": {"portal_name": settings.CITY_PORTAL_NAME},
        }
        key = f"{letters_to_staff(report.reference)}assigned-{report.version}"
        letter = EmailMessage(
            subject=_("Masz sprawę %(reference)s") % {"reference": report.reference},
            body=render_to_string("reports/letters/assigned.txt", context),
            to=[person.email],
            headers={"X-Outbox-Key": key},
        )
    get_connection(fail_silently=True).send_messages([letter])
