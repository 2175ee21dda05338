"""What pages show of editions: maps as GeoJSON (EPSG:4326), and the change sheet."""

import json
from collections.abc import Iterable, Mapping

import shapely
from django.contrib.gis.db.models.functions import AsGeoJSON
from django.urls import reverse
from django.utils.translation import gettext as _

from districts.editions.change_sheet import ChangeSheet, draw_up_sheet
from districts.editions.comparing import Piece
from districts.models import Edition

from .downloading import files_of_changes


def outlines_as_geojson(edition: Edition) -> str:
    """A FeatureCollection of the districts, simplified as they are drawn."""
    rows = edition.districts.annotate(drawn=AsGeoJSON("outline", precision=6))
    features = ",".join(
        f'{{"type":"Feature","properties":{_names(row)},"geometry":{row["drawn"]}}}'
        for row in rows.order_by("code").values("code", "name", "borough", "drawn")
    )
    return f'{{"type":"FeatureCollection","features":[{features}]}}'


def _names(row: Mapping[str, object]) -> str:
    names = {name: row[name] for name in ("code", "name", "borough")}
    return json.dumps(names, ensure_ascii=False)


def pieces_as_geojson(rows: Iterable[tuple[Piece, str, str]]) -> dict:
    """A FeatureCollection of pieces, each with the names of whom it leaves and whom it joins;
    ``id`` is the number of its row in the table.
    """
    features = [
        {
            "type": "Feature",
            "properties": {
                "id": number,
                # What leaves every district is worth another look.
                "look": "gained" if piece.target else "error",
                "code": f"{piece.source}-{piece.target}",
                "name": f"{source} → {target}",
                "m2": round(piece.m2),
            },
            "geometry": json.loads(shapely.to_geojson(piece.geometry)),
        }
        for number, (piece, source, target) in enumerate(rows, start=1)
    ]
    return {"type": "FeatureCollection", "features": features}


def describe_changes(before: Edition | None, after: Edition, address: str) -> dict[str, object]:
    """What the template ``districts/partials/changes.html`` shows. ``address``: the name of that of
    the files.
    """
    sheet = draw_up_sheet(before, after) if before else None
    query = f"?z={before.code}" if before else ""
    return {
        "before": before,
        "sheet": sheet,
        "places": _places_of(sheet),
        "changes_files": files_of_changes(
            lambda suffix: reverse(address, args=[after.code, suffix]) + query
        ),
    }


def _places_of(sheet: ChangeSheet | None) -> dict:
    outside = _("poza granicami")
    moves = sheet.moves if sheet else []
    return pieces_as_geojson(
        (move.piece, move.source or outside, move.target or outside) for move in moves
    )
