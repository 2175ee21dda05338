"""The unit gets a letter; the outbox sends it and retries."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from outbox.errors import UnsendableAddress
from reports.dispatch.channels.errors import DeliveryFailed
from reports.models import Dispatch


def send(dispatch: Dispatch) -> None:
    """Owe the letter to the unit; the dispatch is its key, so a repeat writes no second one."""
    if not (dispatch.unit.is_active and dispatch.unit.email):
        raise DeliveryFailed("unit is closed or has no address", is_permanent=True)
    try:
        _letter_for(dispatch).send()
    except UnsendableAddress as wrong:
        raise DeliveryFailed("no letter reaches the unit's address", is_permanent=True) from wrong


def _letter_for(dispatch: Dispatch) -> EmailMultiAlternatives:
    report = dispatch.report
    city = {"portal_name": settings.CITY_PORTAL_NAME}
    context = {
        "report": report,
        "unit": dispatch.unit,
        "site_url": settings.SITE_URL,
        "city": city,
    }
    letter = EmailMultiAlternatives(
        subject=f"[{report.reference}] {report.category.name}",
        body=render_to_string("reports/letters/to_unit.txt", context),
        to=[dispatch.unit.email],
        headers={"X-Outbox-Key": f"dispatch:{report.reference}:{dispatch.pk}"},
    )
    letter.attach_alternative(
        render_to_string("reports/letters/to_unit.html", context), "text/html"
    )
    return letter
