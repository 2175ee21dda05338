"""The description of the service in OpenAPI 3.0: each collection with its own addresses."""

from django.conf import settings
from django.utils.translation import gettext as _

from .collection import Collection
from .crs import ALL, CRS84
from .documents import GEOJSON, JSON, title
from .parameters import MOST, OF_ITEM, OF_ITEMS, USUAL

_OBJECT = {"type": "object"}
_LINK = {
    "type": "object",
    "required": ["href", "rel", "type"],
    "properties": {name: {"type": "string"} for name in ("href", "rel", "type", "title")},
}
_LINKS = {"type": "array", "items": _LINK}
_ERROR = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}, "fields": _OBJECT},
}


def describe_api(rows: list[Collection]) -> dict:
    """An OpenAPI document for whoever may read the collections ``rows``."""
    paths = {
        "/": _reads("getLandingPage", _("Skąd zacząć")),
        "/conformance": _reads("getConformance", _("Z czym usługa jest zgodna")),
        "/api": _reads("getApi", _("Ten opis")),
        "/collections": _reads("getCollections", _("Zbiory danych")),
    }
    for row in rows:
        here, names = f"/collections/{row.id}", {"title": row.title}
        whole = _reads(f"describe_{row.id}", _("O zbiorze: %(title)s") % names)
        features = _gives(f"list_{row.id}", _("Obiekty: %(title)s") % names, row, OF_ITEMS)
        one = _gives(f"get_{row.id}", _("Jeden obiekt: %(title)s") % names, row, OF_ITEM)
        one["get"]["parameters"].insert(0, _FEATURE_ID)
        paths |= {here: whole, f"{here}/items": features, f"{here}/items/{{featureId}}": one}
    return {
        "openapi": "3.0.3",
        "info": {"title": title(), "version": "1"},
        "servers": [{"url": f"{settings.SITE_URL}/ogc"}],
        "paths": paths,
        "components": {
            "schemas": {"error": _ERROR},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer"},
                "basic": {"type": "http", "scheme": "basic"},
            },
        },
    }


_FEATURE_ID = {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}}


def _reads(name: str, summary: str) -> dict:
    schema = {"type": "object", "properties": {"links": _LINKS}}
    return {"get": _operation(name, summary, {JSON: {"schema": schema}})}


def _gives(name: str, summary: str, row: Collection, parameters: tuple[str, ...]) -> dict:
    feature = {
        "type": "object",
        "required": ["type", "id", "geometry", "properties"],
        "properties": {
            "type": {"type": "string", "enum": ["Feature"]},
            "id": {"type": "string"},
            "geometry": {
                "type": "object",
                "properties": {"type": {"type": "string", "enum": [row.geometry]}},
            },
            "properties": {"type": "object", "properties": row.schema},
            "links": _LINKS,
        },
    }
    whole = {
        "type": "object",
        "required": ["type", "features"],
        "properties": {
            "type": {"type": "string", "enum": ["FeatureCollection"]},
            "features": {"type": "array", "items": feature},
            "links": _LINKS,
            "timeStamp": {"type": "string", "format": "date-time"},
            "numberMatched": {"type": "integer", "minimum": 0},
            "numberReturned": {"type": "integer", "minimum": 0},
        },
    }
    schema = whole if parameters == OF_ITEMS else feature
    operation = _operation(name, summary, {GEOJSON: {"schema": schema}})
    operation["parameters"] = [_parameter(one) for one in parameters]
    operation["responses"]["200"]["headers"] = {
        "Content-Crs": {"schema": {"type": "string"}, "description": "<URI>"}
    }
    if row.needs_token:
        operation["security"] = [{"bearer": []}, {"basic": []}]
    return {"get": operation}


def _operation(name: str, summary: str, content: dict) -> dict:
    refused = {JSON: {"schema": {"$ref": "#/components/schemas/error"}}}
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            "200": {"description": _("Gotowe"), "content": content},
            "400": {"description": _("Zły albo nieznany parametr"), "content": refused},
            "default": {"description": _("Odmowa"), "content": refused},
        },
    }


def _parameter(name: str) -> dict:
    crs = {
        "type": "string",
        "format": "uri",
        "enum": [row.uri for row in ALL],
        "default": CRS84.uri,
    }
    number = {"type": "number"}
    schemas: dict[str, dict] = {
        "bbox": {"type": "array", "minItems": 4, "maxItems": 6, "items": number},
        "bbox-crs": crs,
        "crs": crs,
        "datetime": {"type": "string"},
        "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
        "after": {"type": "integer", "minimum": 0},
    }
    words = {
        "bbox": _("Tylko obiekty, które dotykają prostokąta."),
        "bbox-crs": _("Układ współrzędnych prostokąta."),
        "crs": _("Układ współrzędnych odpowiedzi."),
        "datetime": _("Chwila albo okres (RFC 3339); „..” zostawia jego stronę otwartą."),
        "limit": _("Ile obiektów najwyżej na stronie."),
        "after": _("Strona, do której prowadzi odnośnik „next”."),
    }
    return {
        "name": name,
        "in": "query",
        "required": False,
        "description": words[name],
        "schema": schemas[name],
        "style": "form",
        "explode": False,
    }
