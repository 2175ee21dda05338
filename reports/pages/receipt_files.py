"""The files that the receipt offers: a QR code for the telephone and a date for the calendar."""

from datetime import date, timedelta
from io import BytesIO

import segno
from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from reports.public import PublicReport
from web.addresses import absolute_url


def qr_code(text: str) -> bytes:
    """A QR code of ``text`` as SVG, which can be read even if part of a print is dirty."""
    target = BytesIO()
    code = segno.make_qr(text, error="m")
    code.save(target, kind="svg", scale=4, border=2, xmldecl=False, svgns=True, nl=False)
    return target.getvalue()


def calendar_of(report: PublicReport, day: date) -> bytes:
    """An iCalendar file with ``day``, by which the answer to ``report`` is expected."""
    words = {
        "reference": report.reference,
        "category": report.category,
        "unit": report.unit.name if report.unit else "",
    }
    event = Event()
    event.add("uid", f"{report.reference}@{settings.SITE_URL.partition('//')[2]}")
    event.add("dtstamp", report.updated_at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", _("Odpowiedź na zgłoszenie %(reference)s") % words)
    event.add("description", _("Sprawa: %(category)s. Zajmuje się nią: %(unit)s.") % words)
    event.add("url", absolute_url("reports:status", report.reference))
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.CITY_PORTAL_NAME}//PL")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    return calendar.to_ical()
