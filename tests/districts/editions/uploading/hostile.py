"""Files that nobody should be able to hurt the portal with, made by code. Each maker has a sentence
that people read.
"""

import io
import json
import zipfile
from collections.abc import Callable

import numpy as np
import shapely

from tests.districts.editions.drafts import square
from tests.districts.editions.files import unzipped, written, zipped


def row(code: str, geometry: shapely.Geometry | None, **texts: str) -> dict[str, object]:
    return {"kod": code, "nazwa": f"Rejon {code}", "geometry": geometry} | texts


def two(**texts: str) -> list[dict[str, object]]:
    return [row("a", square(0)), row("b", square(1), **texts)]


def geojson(*features: tuple[str, dict | None]) -> bytes:
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {"type": "Feature", "properties": {"kod": code, "nazwa": code}, "geometry": shape}
                for code, shape in features
            ],
        }
    ).encode()


def shape(geometry: shapely.Geometry) -> dict:
    return json.loads(shapely.to_geojson(geometry))


GOOD = shape(square(0))


def bomb() -> bytes:
    """Half a gigabyte of zeros in half a megabyte."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for ending in ("shp", "shx", "dbf"):
            with archive.open(f"b.{ending}", "w") as member:
                for _megabyte in range(170):
                    member.write(bytes(1024**2))
    return content.getvalue()


def lying_bomb() -> bytes:
    """It says that it holds little."""
    content = bytearray(bomb())
    for at in _places(bytes(content), b"PK\x01\x02"):
        content[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    for at in _places(bytes(content), b"PK\x03\x04"):
        content[at + 22 : at + 26] = (1000).to_bytes(4, "little")
    return bytes(content)


def _places(content: bytes, mark: bytes) -> list[int]:
    found, at = [], content.find(mark)
    while at >= 0:
        found.append(at)
        at = content.find(mark, at + 1)
    return found


def named(name: str) -> bytes:
    return zipped({**unzipped(written("shp", two())), name: b"x"})


def symbolic_link() -> bytes:
    content = io.BytesIO(written("shp", two()))
    with zipfile.ZipFile(content, "a") as archive:
        link = zipfile.ZipInfo("b.prj")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return content.getvalue()


def several() -> bytes:
    files = unzipped(written("shp", two()))
    return zipped(files | {name.replace("b.", "c."): body for name, body in files.items()})


def without(ending: str) -> bytes:
    files = unzipped(written("shp", two()))
    return zipped({name: body for name, body in files.items() if not name.endswith(ending)})


def laughs() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{entities}]>'
        '<x xmlns:gml="http://www.opengis.net/gml">&l9;</x>'
    ).encode()


def outer_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE kml [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        b'<kml xmlns="http://www.opengis.net/kml/2.2"><name>&e;</name></kml>'
    )


def round_shape(vertices: int) -> dict:
    angles = np.linspace(0, 2 * np.pi, vertices)
    ring = np.column_stack([19.45 + np.cos(angles) / 100, 51.77 + np.sin(angles) / 100])
    ring[-1] = ring[0]
    return {"type": "Polygon", "coordinates": [ring.round(9).tolist()]}


def deep() -> bytes:
    return b'{"type":"FeatureCollection","features":' + b"[" * 200_000


def swapped(kind: str = "geojson") -> bytes:
    turned = shapely.transform(square(0), lambda c: c[:, ::-1])
    return written(kind, [row("a", turned)])


def as_other(crs: int, said: int) -> bytes:
    """Coordinates of one system that say they are of another."""
    from tests.districts.editions.files import in_crs

    moved = in_crs(square(0), crs)
    files = unzipped(written("shp", [row("a", moved)], crs=None))
    truth = unzipped(written("shp", two(), crs=said))
    return zipped(files | {"b.prj": truth["b.prj"]})


# Name → what makes it, and the words with which it is refused as soon as it is looked at.
AT_FIRST_SIGHT: dict[str, tuple[Callable[[], bytes], str]] = {
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "To nie jest plik"),
    "a script": (lambda: b"#!/bin/sh\n", "To nie jest plik"),
    "a page": (lambda: b"<html><body/></html>", "To nie jest plik"),
    "a database of something else": (lambda: b"SQLite format 3\0" + bytes(200), "To nie jest plik"),
    "nothing but spaces": (lambda: b"  \n ", "nie ma żadnych granic"),
    "no features": (lambda: geojson(), "nie ma żadnych granic"),
    "half a GeoPackage": (lambda: written("gpkg", two())[:20_000], "uszkodzony"),
    "half a GeoJSON": (lambda: written("geojson", two())[:-200], "uszkodzony"),
    "half a zip": (lambda: written("shp", two())[:-200], "nie da się go odczytać (ZIP)"),
    "a zip of text": (lambda: zipped({"a.txt": b"x"}), "nie ma pliku .shp"),
    "a bomb": (bomb, "Po rozpakowaniu archiwum ma 510 MB"),
    "a bomb that lies": (lying_bomb, "nie da się go odczytać (ZIP)"),
    "many files": (lambda: zipped({f"{n}.txt": b"" for n in range(201)}), "jest 201 plików"),
    "a path upwards": (lambda: named("../../b.shp"), "ścieżce „../../b.shp”"),
    "a path from the root": (lambda: named("/etc/b.shp"), "ścieżce „/etc/b.shp”"),
    "a path of Windows": (lambda: named("C:\\b.shp"), "ścieżce"),
    "a link in a zip": (symbolic_link, "ścieżce „b.prj”"),
    "two shapefiles": (several, "kilka plików Shapefile: b, c"),
    "no table": (lambda: without(".dbf"), "brakuje pliku .dbf"),
    "no index": (lambda: without(".shx"), "brakuje pliku .shx"),
    "a billion laughs": (laughs, "DOCTYPE"),
    "an entity from a file": (outer_entity, "DOCTYPE"),
    "a million vertices": (
        lambda: geojson(("a", round_shape(1_000_001))),
        "1000001 wierzchołków; przyjmujemy najwyżej 1000000",
    ),
    "endless brackets": (deep, "uszkodzony"),
}
# The same for what only reading it whole finds. It goes back to be chosen from again.
AT_READING: dict[str, tuple[Callable[[], bytes], str]] = {
    "no code": (lambda: written("gpkg", two(kod="")), "Obiekt nr 2 „Rejon b” (51.77000, 19.45800)"),
    "no name": (lambda: written("gpkg", two(nazwa="")), "brakuje nazwy"),
    "a code twice": (
        lambda: written("gpkg", two(kod="A")),
        "Obiekt nr 2 „Rejon b” (51.77000, 19.45800): kod „a” ma już obiekt nr 1.",
    ),
    "no geometry": (
        lambda: written("gpkg", [row("a", square(0)), row("b", None)]),
        "Obiekt nr 2 „Rejon b”: obiekt nie ma granicy.",
    ),
    "an empty geometry": (
        lambda: geojson(("a", GOOD), ("b", {"type": "Polygon", "coordinates": []})),
        "Obiekt nr 2 „b”: obiekt nie ma granicy.",
    ),
    "a point among areas": (
        lambda: geojson(("a", GOOD), ("b", {"type": "Point", "coordinates": [19.46, 51.77]})),
        "Obiekt nr 2 „b” (51.77000, 19.46000): to nie jest obszar, tylko punkt.",
    ),
    "a line among areas": (
        lambda: geojson(("b", {"type": "LineString", "coordinates": [[19.4, 51.7], [19.5, 51.7]]})),
        "Obiekt nr 1 „b” (51.70000, 19.40000): to nie jest obszar, tylko linia.",
    ),
    "letters of another encoding": (
        lambda: written("geojson", two(nazwa="Ba³uty")),
        "Tekst „Ba³uty” jest odczytany w złym kodowaniu",
    ),
    "UTF-8 read as Windows": (
        lambda: written("geojson", two(nazwa="Bałuty".encode().decode("cp1250"))),
        "jest odczytany w złym kodowaniu",
    ),
    "one that strayed": (
        lambda: written("gpkg", [*two(), row("c", shapely.box(18, 54, 18.1, 54.1))]),
        "Obiekt nr 3 „Rejon c” (54.05000, 18.05000): obiekt leży poza Łodzią.",
    ),
    "turned axes": (swapped, "Pasowałby układ EPSG:4326 (WGS 84, stopnie), z zamienionymi osiami"),
    "another zone": (
        lambda: as_other(2178, said=2177),
        "Pasowałby układ EPSG:2178 (PL-2000, strefa 7)",
    ),
    "the wrong system": (lambda: as_other(2180, said=3857), "Pasowałby układ EPSG:2180 (PL-1992)"),
    "no system": (lambda: written("shp", two(), crs=None), "Nie wiadomo, w jakim układzie"),
}
