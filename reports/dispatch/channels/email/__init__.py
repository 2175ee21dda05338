"""The unit gets a letter; the outbox sends it and tries again if that fails."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from outbox.errors import UnsendableAddress
from reports.dispatch.channels.errors import DeliveryFailed
from reports.letter_keys import letters_to_units
from reports.models import Dispatch


def send(dispatch: Dispatch) -> None:
    """Owe the letter to the unit. Its key holds the dispatch, so a repeat writes no second letter.

    Raises ``DeliveryFailed``.
    """
    report, unit = dispatch.report, dispatch.unit
    if not (unit.is_active and unit.email):
        raise DeliveryFailed("unit is closed or has no address", is_permanent=True)
    context = {
        "report": report,
        "unit": unit,
        "site_url": settings.SITE_URL,
        "city": {"portal_name": settings.CITY_PORTAL_NAME},
    }
    letter = EmailMultiAlternatives(
        subject=f"[{report.reference}] {report.category.name}",
        body=render_to_string("reports/letters/to_unit.txt", context),
        to=[unit.email],
        headers={"X-Outbox-Key": f"{letters_to_units(report.reference)}{dispatch.pk}"},
    )
    html = render_to_string("reports/letters/to_unit.html", context)
    letter.attach_alternative(html, "text/html")
    try:
        letter.send()
    except UnsendableAddress as wrong:
        raise DeliveryFailed("no letter reaches the unit's address", is_permanent=True) from wrong
