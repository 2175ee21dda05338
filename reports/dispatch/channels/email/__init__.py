"""The unit gets a letter; the outbox sends it and tries again if that fails."""

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from outbox.errors import UnsendableAddress
from outbox.models import Letter
from reports.dispatch.channels.errors import DeliveryFailed
from reports.letter_keys import letters_to_units
from reports.models import Dispatch
from reports.unit_link import LINE, answer_address, case_link, last_day_of_link


def send(dispatch: Dispatch) -> None:
    """Owe the letter to the unit. Its key holds the dispatch, so a repeat writes no second letter.

    Raises ``DeliveryFailed``.
    """
    report, unit = dispatch.report, dispatch.unit
    if not (unit.is_active and unit.email):
        raise DeliveryFailed("unit is closed or has no address", is_permanent=True)
    second_call = report.second_call
    # A unit that has it already must know that this is not another matter. Letters that had not
    # left were taken back.
    earlier = Letter.objects.filter(key__startswith=letters_to_units(report.reference))
    is_correction = (
        dispatch.is_correction and earlier.exclude(state=Letter.State.CANCELLED).exists()
    )
    subject = report.category.name
    if second_call:
        subject = _("Drugie wezwanie: %(matter)s") % {"matter": subject}
    elif is_correction:
        subject = _("Poprawka: %(matter)s") % {"matter": subject}
    until = last_day_of_link()
    answers_to = answer_address(dispatch, until)
    context = {
        "report": report,
        "unit": unit,
        "second_call": second_call,
        "new_photos": second_call.photos.count() if second_call else 0,
        "is_correction": is_correction,
        "link": case_link(dispatch, until),
        "until": until,
        "line": LINE if answers_to else "",
        "site_url": settings.SITE_URL,
        "city": {"portal_name": settings.CITY_PORTAL_NAME},
    }
    letter = EmailMultiAlternatives(
        subject=f"[{report.reference}] {subject}",
        body=render_to_string("reports/letters/to_unit.txt", context),
        to=[unit.email],
        reply_to=[answers_to] if answers_to else None,
        headers={"X-Outbox-Key": f"{letters_to_units(report.reference)}{dispatch.pk}"},
    )
    html = render_to_string("reports/letters/to_unit.html", context)
    letter.attach_alternative(html, "text/html")
    try:
        letter.send()
    except UnsendableAddress as wrong:
        raise DeliveryFailed("no letter reaches the unit's address", is_permanent=True) from wrong
