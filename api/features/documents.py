"""The documents of the standard: each says where the others are."""

import json
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from .collection import Collection, Page
from .crs import ALL, CRS84

JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
CONFORMS_TO = (
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
    "http://www.opengis.net/spec/ogcapi-features-2/1.0/conf/crs",
)


def address_of(name: str, *args: str) -> str:
    return settings.SITE_URL + reverse(f"ogc:{name}", args=args)


def _link(rel: str, href: str, media: str, title: str = "") -> dict:
    return {"rel": rel, "href": href, "type": media} | ({"title": title} if title else {})


def _self(request: HttpRequest, media: str) -> dict:
    return _link("self", settings.SITE_URL + request.get_full_path(), media)


def title() -> str:
    return _("Dane przestrzenne: %(portal)s") % {"portal": settings.CITY_PORTAL_NAME}


def landing(request: HttpRequest) -> dict:
    return {
        "title": title(),
        "description": _(
            "Granice osiedli i innych podziałów miasta, w każdej chwili ich historii."
        ),
        "links": [
            _self(request, JSON),
            _link("service-desc", address_of("api"), OPENAPI, _("Opis usługi (OpenAPI 3.0)")),
            _link("conformance", address_of("conformance"), JSON, _("Z czym usługa jest zgodna")),
            _link("data", address_of("collections"), JSON, _("Zbiory danych")),
        ],
    }


def collections(request: HttpRequest, rows: list[Collection]) -> dict:
    return {
        "links": [_self(request, JSON)],
        "crs": [crs.uri for crs in ALL],
        "collections": [collection(row) for row in rows],
    }


def collection(row: Collection) -> dict:
    return {
        "id": row.id,
        "title": row.title,
        "description": row.description,
        "itemType": "feature",
        "extent": row.extent(),
        "crs": [crs.uri for crs in ALL],
        "storageCrs": CRS84.uri,
        "links": [
            _link("self", address_of("collection", row.id), JSON),
            _link("items", address_of("items", row.id), GEOJSON, row.title),
        ],
    }


def items(request: HttpRequest, row: Collection, page: Page) -> str:
    """A GeoJSON FeatureCollection as text."""
    links = [_self(request, GEOJSON), _link("collection", address_of("collection", row.id), JSON)]
    if page.following:
        asked = urlencode(request.GET.dict() | page.following)
        links.append(_link("next", f"{address_of('items', row.id)}?{asked}", GEOJSON))
    members = {
        "links": links,
        "timeStamp": timezone.now().isoformat(),
        "numberReturned": len(page.features),
    }
    if page.matched is not None:
        members["numberMatched"] = page.matched
    head = json.dumps(members, ensure_ascii=False)[1:-1]
    features = ",".join(feature.written() for feature in page.features)
    return f'{{"type":"FeatureCollection",{head},"features":[{features}]}}'


def links_of_item(request: HttpRequest, row: Collection) -> str:
    """The ``links`` of one feature, as a further member of its text."""
    links = [_self(request, GEOJSON), _link("collection", address_of("collection", row.id), JSON)]
    return f',"links":{json.dumps(links, ensure_ascii=False)}'
