"""What every template may show: facts about the city, and what works now."""

from django.conf import settings
from django.http import HttpRequest

from .opening import days_off, opening_now, usual_hours


def city_and_state(request: HttpRequest) -> dict[str, object]:
    """A context processor. ``city``: facts from the settings; ``portal_state``: what works now
    (``web.switches.State``), None where a request did not get so far.
    """
    return {"city": city_of(), "portal_state": getattr(request, "portal_state", None)}


def city_of() -> dict[str, object]:
    """Facts about the city, in the language of the reader."""
    return {
        "portal_name": settings.CITY_PORTAL_NAME,
        "site_url": settings.SITE_URL,
        "office": settings.CITY_OFFICE,
        "address": settings.CITY_HALL_ADDRESS,
        # Functions: few pages ask.
        "hours": usual_hours,
        "days_off": days_off,
        "opening": opening_now,
        "phone": settings.CITY_PHONE,
        "email": settings.CITY_EMAIL,
        "dpo_email": settings.CITY_DPO_EMAIL,
        "administrator": settings.ADMINISTRATOR_EMAIL,
    }
