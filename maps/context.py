"""What static/js/map/ reads on every page with a map."""

from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _

from .basemap.installing import name_in_force

_COPYRIGHT = "https://www.openstreetmap.org/copyright"


def map_config(request: HttpRequest) -> dict[str, object]:
    """A context processor. ``map_config`` is a function, so that it is computed only on pages with
    a map.
    """
    return {"map_config": _describe_map}


def _describe_map() -> dict[str, object]:
    """Addresses that the map fetches, the area it shows (degrees, EPSG:4326) and its texts.

    One ground at most: picture tiles where the setting gives their address, else the base map in
    force, else the located addresses of the gazetteer.
    """
    ground: dict[str, object] = {}
    source = settings.MAP_TILE_ATTRIBUTION
    credit = f'<a href="{_COPYRIGHT}" target="_blank" rel="noopener">{source}</a>'
    if settings.MAP_TILE_URL:
        ground["tileUrl"] = settings.MAP_TILE_URL
        ground["tileAttribution"] = settings.MAP_TILE_ATTRIBUTION
    elif name := name_in_force():
        ground["baseMap"] = {
            "url": reverse("maps:basemap", args=[name]),
            "script": static("build/js/extra/base-map.js"),
            "attribution": credit,
        }
    else:
        square = reverse("maps:addresses", args=[0, 0])
        ground["numbers"] = {"url": square.replace("0/0", "COLUMN/ROW"), "attribution": credit}
    return ground | {
        "districtsUrl": reverse("api:districts"),
        "reportsUrl": reverse("api:reports"),
        "dataUrl": reverse("maps:data"),
        "bounds": settings.MAP_BOUNDS,
        "center": settings.LEAFLET_CONFIG["DEFAULT_CENTER"],
        "zoom": settings.LEAFLET_CONFIG["DEFAULT_ZOOM"],
        "texts": {
            "zoomIn": _("Przybliż"),
            "zoomOut": _("Oddal"),
            "boundaries": _("Granice osiedli: Urząd Miasta Łodzi"),
            "districtsFailed": _("Nie udało się wczytać granic osiedli."),
            "tooMany": _("Zgłoszeń jest więcej, niż mapa zdąży pokazać. Wybierz mniej filtrów."),
            "reportsFailed": _("Nie udało się wczytać zgłoszeń. Lista obok działa bez mapy."),
            "baseMapFailed": _("Ulice się nie wczytały. Mapa działa dalej, pokazuje osiedla."),
        },
    }
