"""What every template may show: facts about the city, and the configuration of the map."""

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from .opening import days_off, opening_now, usual_hours


def city_and_map(request: HttpRequest) -> dict[str, object]:
    """A context processor. ``city``: facts from the settings; ``map_config``: what static/js/map/
    reads, a function, so that it is computed only on pages with a map; ``portal_state``: what works
    now (``web.switches.State``), None where a request did not get so far.
    """
    state = getattr(request, "portal_state", None)
    return {"city": city_of(), "map_config": _map_config, "portal_state": state}


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


def _map_config() -> dict[str, object]:
    """Addresses that the map fetches, the area it shows (degrees, EPSG:4326) and its texts."""
    return {
        "districtsUrl": reverse("api:districts"),
        "reportsUrl": reverse("api:reports"),
        "tileUrl": settings.MAP_TILE_URL,
        "tileAttribution": settings.MAP_TILE_ATTRIBUTION,
        "bounds": settings.MAP_BOUNDS,
        "center": settings.LEAFLET_CONFIG["DEFAULT_CENTER"],
        "zoom": settings.LEAFLET_CONFIG["DEFAULT_ZOOM"],
        "texts": {
            "zoomIn": _("Przybliż"),
            "zoomOut": _("Oddal"),
            "boundaries": _("Granice osiedli: Urząd Miasta Łodzi"),
            "districtsFailed": _("Nie udało się wczytać granic osiedli."),
            "reportsFailed": _("Nie udało się wczytać zgłoszeń. Lista obok działa bez mapy."),
        },
    }
