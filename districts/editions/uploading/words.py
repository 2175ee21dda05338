"""What is wrong with a file, in words for the person who uploaded it."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .faults import Problem

# By the code of a problem; its details are filled in.
_WORDS = {
    "file_empty": gettext_lazy("W pliku nie ma żadnych granic."),
    "file_lost": gettext_lazy("Plik zaginął na serwerze. Wgraj go jeszcze raz."),
    "given_up": gettext_lazy(
        "Nie umiemy bezpiecznie otworzyć tego pliku: jest za duży albo uszkodzony. Zapisz go "
        "jeszcze raz w QGIS, najlepiej jako GeoPackage."
    ),
    "not_a_file_of_boundaries": gettext_lazy(
        "To nie jest plik, który umiemy otworzyć. Przyjmujemy GeoPackage, Shapefile spakowany do "
        "ZIP, GeoJSON, GML, KML i FlatGeobuf."
    ),
    "file_damaged": gettext_lazy("Plik jest uszkodzony i nie da się go odczytać (%(kind)s)."),
    "xml_entities": gettext_lazy(
        "W pliku jest deklaracja DOCTYPE, która może się rozrastać bez końca. Zapisz go bez niej."
    ),
    "zip_too_many_files": gettext_lazy(
        "W archiwum jest %(files)s plików; przyjmujemy najwyżej %(most)s. Spakuj tylko jeden "
        "Shapefile."
    ),
    "zip_too_large": gettext_lazy(
        "Po rozpakowaniu archiwum ma %(megabytes)s MB; przyjmujemy najwyżej %(most)s MB."
    ),
    "zip_path": gettext_lazy(
        "W archiwum jest plik o niedozwolonej ścieżce „%(name)s”. Spakuj same pliki, bez folderów "
        "nadrzędnych i skrótów."
    ),
    "zip_locked": gettext_lazy("Archiwum jest zaszyfrowane hasłem. Spakuj pliki bez hasła."),
    "zip_without_shapefile": gettext_lazy("W archiwum nie ma pliku .shp."),
    "several_shapefiles": gettext_lazy(
        "W archiwum jest kilka plików Shapefile: %(names)s. Zostaw w nim tylko jeden."
    ),
    "shapefile_part_missing": gettext_lazy(
        "Shapefile jest niepełny: brakuje pliku %(parts)s. Spakuj wszystkie jego części."
    ),
    "too_many_layers": gettext_lazy(
        "W pliku jest %(layers)s warstw; przyjmujemy najwyżej %(most)s."
    ),
    "too_many_rows": gettext_lazy(
        "W warstwie jest %(rows)s obiektów; przyjmujemy najwyżej %(most)s. Czy to na pewno granice?"
    ),
    "too_many_vertices": gettext_lazy(
        "Granice mają %(vertices)s wierzchołków; przyjmujemy najwyżej %(most)s. Uprość je w QGIS."
    ),
    "crs_unknown": gettext_lazy(
        "Nie wiadomo, w jakim układzie współrzędnych jest ta warstwa. Wybierz układ poniżej."
    ),
    "wrong_encoding": gettext_lazy(
        "Tekst „%(text)s” jest odczytany w złym kodowaniu. Zapisz plik w UTF-8, a przy Shapefile "
        "wybierz kodowanie poniżej."
    ),
    "empty_geometry": gettext_lazy("obiekt nie ma granicy."),
    "broken_geometry": gettext_lazy("granica jest uszkodzona i nie da się jej odczytać."),
    "not_an_area": gettext_lazy("to nie jest obszar, tylko %(type)s."),
    "missing_code": gettext_lazy("brakuje kodu."),
    "missing_name": gettext_lazy("brakuje nazwy."),
    "code_too_long": gettext_lazy("kod może mieć najwyżej %(most)s znaków."),
    "name_too_long": gettext_lazy("nazwa może mieć najwyżej %(most)s znaków."),
    "unknown_borough": gettext_lazy("nie ma dzielnicy „%(value)s”."),
    "duplicate_code": gettext_lazy("kod „%(value)s” ma już obiekt nr %(other)s."),
    "far_from_city": gettext_lazy("obiekt leży poza Łodzią."),
    "not_a_draft": gettext_lazy("To wydanie nie jest już szkicem, więc nic nie wczytaliśmy."),
    "draft_changed": gettext_lazy(
        "Ktoś zmienił szkic, zanim wczytaliśmy plik. Zobacz szkic i wczytaj plik jeszcze raz."
    ),
}
_TYPES = {
    "Point": gettext_lazy("punkt"),
    "MultiPoint": gettext_lazy("punkty"),
    "LineString": gettext_lazy("linia"),
    "LinearRing": gettext_lazy("linia"),
    "MultiLineString": gettext_lazy("linie"),
    "GeometryCollection": gettext_lazy("zbiór różnych obiektów"),
}
NOTES = {
    "heights_dropped": gettext_lazy("Wysokości (Z) i miary (M) z pliku pominęliśmy."),
    "cpg_wrong": gettext_lazy(
        "Plik .cpg mówi o UTF-8, ale teksty są w kodowaniu Windows-1250. Tak je odczytaliśmy."
    ),
}
CRS_NAMES = {
    "2180": gettext_lazy("EPSG:2180 (PL-1992)"),
    "2177": gettext_lazy("EPSG:2177 (PL-2000, strefa 6)"),
    "2178": gettext_lazy("EPSG:2178 (PL-2000, strefa 7)"),
    "3857": gettext_lazy("EPSG:3857 (mapy internetowe)"),
    "4326": gettext_lazy("EPSG:4326 (WGS 84, stopnie)"),
}


def crs_name(crs: str) -> str:
    """Of a choice (``positions.CHOICES``), or as the file says it."""
    code = crs.removesuffix("-yx").removeprefix("EPSG:")
    if code not in CRS_NAMES:
        return crs
    if crs.endswith("-yx"):
        return _("%(crs)s, z zamienionymi osiami") % {"crs": CRS_NAMES[code]}
    return str(CRS_NAMES[code])


def describe(problem: Problem) -> str:
    """One sentence that names the feature and the place where it knows them."""
    if problem["code"] == "more":
        return _("Jeszcze takich obiektów: %(count)s.") % {"count": problem["count"]}
    if problem["code"] == "data_elsewhere":
        return _describe_elsewhere(problem)
    words = str(_WORDS[problem["code"]]) % _details(problem)
    if "feature" not in problem:
        return words
    place = _place(problem)
    return _("Obiekt nr %(number)s%(label)s%(place)s: %(words)s") % {
        "number": problem["feature"],
        "label": f" „{problem['label']}”" if problem.get("label") else "",
        "place": f" ({place})" if place else "",
        "words": words,
    }


def _describe_elsewhere(problem: Problem) -> str:
    place = _place(problem)
    where = (
        _("Dane leżą daleko od Łodzi: %(place)s, około %(kilometres)s km stąd.")
        % {"place": place, "kilometres": problem["kilometres"]}
        if place
        else _("W tym układzie współrzędnych dane nie leżą nigdzie na Ziemi.")
    )
    if not problem["fits"]:
        return where + " " + _("Sprawdź w QGIS, gdzie leży ta warstwa.")
    fits = _(" albo ").join(crs_name(code) for code in problem["fits"])
    return where + " " + _("Pasowałby układ %(fits)s: wybierz go poniżej.") % {"fits": fits}


def _place(problem: Problem) -> str:
    if "lon" not in problem:
        return ""
    return f"{problem['lat']:.5f}, {problem['lon']:.5f}"


def _details(problem: Problem) -> dict[str, Any]:
    details = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else value
        for name, value in problem.items()
    }
    if "type" in details:
        details["type"] = _TYPES.get(details["type"], details["type"])
    return details
