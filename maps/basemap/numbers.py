"""Located addresses of the gazetteer, by squares: what maps draw where there is no base map."""

from hashlib import sha256
from http import HTTPStatus

import orjson
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

# Squares of the usual scheme (Web Mercator, rows from the north); one is some 380 m wide here.
ZOOM = 16
# No square of a city has as many houses.
_MOST = 1500
_KEPT_SECONDS = 3600
_INSIDE = """
SELECT a.street, a.number, ST_X(a.location), ST_Y(a.location)
FROM districts_address a
WHERE a.location && ST_Transform(ST_TileEnvelope(%s, %s, %s), 4326)
ORDER BY a.street, a.number_key LIMIT %s
"""


@require_safe
def addresses_in_square(request: HttpRequest, column: int, row: int) -> HttpResponse:
    """``{"streets": {name: [[number, longitude, latitude], …]}}`` (EPSG:4326); 404 for a square
    that does not exist. One query.
    """
    if not (column < 1 << ZOOM and row < 1 << ZOOM):
        raise Http404
    streets: dict[str, list[tuple[str, float, float]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE, [ZOOM, column, row, _MOST])
        for street, number, lon, lat in cursor.fetchall():
            streets.setdefault(street, []).append((number, round(lon, 6), round(lat, 6)))
    body = orjson.dumps({"streets": streets})
    etag = f'"{sha256(body).hexdigest()[:16]}"'
    is_known = etag in parse_etags(request.headers.get("If-None-Match", ""))
    response = (
        HttpResponse(status=HTTPStatus.NOT_MODIFIED)
        if is_known
        else HttpResponse(body, content_type="application/json")
    )
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_KEPT_SECONDS)
    return response
