"""The daily letter about everything that changed since the last one."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from reports.models import DigestLine
from web.addresses import absolute_url


def send_digests() -> int:
    """Owe one letter to each person for whom lines wait; returns how many letters."""
    waiting = DigestLine.objects.order_by().values_list("user", flat=True).distinct()
    return sum(_send_digest(user) for user in list(waiting))


@transaction.atomic
def _send_digest(user_id: int) -> int:
    """Owe the letter and delete its lines in one transaction; returns how many letters, 0 or 1. It
    is 0 if another worker is writing the letter or the account is blocked.
    """
    person = User.objects.filter(pk=user_id)
    user = person.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if user is None:
        return 0
    related = ("report__category", "change__unit", "change__report")
    lines = list(user.digest_lines.select_related(*related))
    DigestLine.objects.filter(pk__in=[line.pk for line in lines]).delete()
    if not lines or not user.is_active:
        return 0
    return _render_digest(user, lines).send()


def _render_digest(user: User, lines: list[DigestLine]) -> EmailMessage:
    with override(user.language):
        context = {
            "lines": [
                (line, absolute_url("own_reports:report", line.report.reference)) for line in lines
            ],
            "links": {"settings": absolute_url("account_consents")},
            "city": {"portal_name": settings.CITY_PORTAL_NAME},
        }
        return EmailMessage(
            subject=_("Co się zmieniło w Twoich zgłoszeniach"),
            body=render_to_string("reports/letters/digest.txt", context),
            to=[user.email],
            headers={"X-Outbox-Key": f"digest:{user.pk}:{lines[-1].change_id}"},
        )
