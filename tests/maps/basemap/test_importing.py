"""Base maps that are taken, and those that are refused with a reason while the old one stays."""

import gzip
import struct
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command

from maps.basemap.archive import Archive, number_of
from maps.basemap.checking import tile_over
from maps.basemap.contents import read_layers
from maps.basemap.errors import BasemapError
from maps.basemap.installing import install_basemap, name_in_force, path_of
from tests.maps.basemap.town import CENTRE

pytestmark = pytest.mark.django_db


@pytest.fixture
def content(town_basemap) -> bytes:
    return town_basemap.read_bytes()


@pytest.fixture
def refused(tmp_path, town_in_force):
    """``refused(content)`` imports such a file in vain, and returns the reason."""

    def import_in_vain(content: bytes) -> str:
        path = tmp_path / "other.pmtiles"
        path.write_bytes(content)
        with pytest.raises(CommandError) as refusal:
            call_command("import_basemap", str(path), verbosity=0)
        assert name_in_force() == town_in_force
        left = {one.name for one in settings.BASEMAP_DIR.iterdir()}
        assert left == {"w-mocy", path_of(town_in_force).name}
        return str(refusal.value)

    return import_in_vain


def changed(content: bytes, offset: int, form: str, *values) -> bytes:
    part = struct.pack(form, *values)
    return content[:offset] + part + content[offset + len(part) :]


def tiles_of(folder: Path, layer: str, properties: str, shape: str) -> bytes:
    """A file with one feature; ``properties`` and ``shape`` are JSON."""
    features, path = folder / "one.geojsonl", folder / "one.pmtiles"
    row = f'{{"type":"Feature","properties":{properties},"geometry":{shape}}}\n'
    features.write_text(row)
    subprocess.run(
        ["tippecanoe", "-q", "-f", "-Z8", "-z14", "-l", layer, "-o", path, features], check=True
    )
    return path.read_bytes()


def test_a_whole_file_is_put_in_force_and_named_by_its_content(town_basemap, town_in_force):
    assert name_in_force() == town_in_force
    assert path_of(town_in_force).read_bytes() == town_basemap.read_bytes()


def test_the_proxy_may_read_it(town_in_force):
    """It runs as somebody else."""
    assert path_of(town_in_force).stat().st_mode & 0o444 == 0o444


def test_what_an_import_that_was_killed_left_behind_is_in_nobodys_way(town_basemap, town_in_force):
    (settings.BASEMAP_DIR / "w-mocy.nowy").symlink_to("nowhere.pmtiles")
    assert install_basemap(town_basemap) == name_in_force() == town_in_force


def test_a_link_that_leads_nowhere_puts_nothing_in_force(town_in_force):
    path_of(town_in_force).unlink()
    assert name_in_force() == ""


def test_a_copy_that_came_out_shorter_is_refused_although_the_original_is_whole(
    town_basemap, town_in_force, monkeypatch
):
    """As a disk does it that is full and says nothing."""
    whole = town_basemap.read_bytes()
    monkeypatch.setattr(
        "maps.basemap.installing.shutil.copyfileobj",
        lambda _source, target: target.write(whole[: len(whole) // 2]),
    )
    with pytest.raises(BasemapError, match="uszkodzony"):
        install_basemap(town_basemap)
    assert name_in_force() == town_in_force


def test_the_same_file_again_changes_nothing(town_basemap, town_in_force):
    call_command("import_basemap", str(town_basemap), verbosity=0)
    assert name_in_force() == town_in_force
    assert len(list(settings.BASEMAP_DIR.glob("*.pmtiles"))) == 1


def test_the_file_before_is_kept_for_pages_that_are_open_and_older_ones_are_not(
    content, tmp_path, town_in_force
):
    # What stands behind the last section is read by nobody.
    names = [town_in_force]
    for number in range(2):
        path = tmp_path / "newer.pmtiles"
        path.write_bytes(content + bytes([number]))
        names.append(install_basemap(path))
    assert name_in_force() == names[2]
    assert {path.stem for path in settings.BASEMAP_DIR.glob("*.pmtiles")} == set(names[1:])


def test_without_any_there_is_none_in_force():
    assert name_in_force() == ""


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CommandError, match="Nie udało się odczytać"):
        call_command("import_basemap", str(tmp_path / "missing.pmtiles"))


@pytest.mark.parametrize("share", [0, 0.001, 0.005, 0.3, 0.9, 0.999])
def test_a_truncated_file_is_refused(refused, content, share):
    reason = refused(content[: int(len(content) * share)])
    assert "PMTiles" in reason if share == 0 else "uszkodzony" in reason


def test_a_file_of_another_kind_is_refused(refused):
    assert refused(b"SQLite format 3\0" + bytes(5000)) == "To nie jest plik PMTiles."


def test_another_version_is_refused(refused, content):
    assert "w wersji 2" in refused(changed(content, 7, "<B", 2))


def test_pictures_are_refused(refused, content):
    assert "obrazki" in refused(changed(content, 99, "<B", 2))


def test_a_packing_that_browsers_do_not_know_is_refused(refused, content):
    assert "inaczej niż gzip" in refused(changed(content, 98, "<B", 4))


def test_a_file_without_near_zooms_is_refused(refused, content):
    assert "od 8 do 9" in refused(changed(content, 101, "<B", 9))


def test_another_city_is_refused(refused, content):
    warsaw = (int(degrees * 1e7) for degrees in (20.85, 52.1, 21.27, 52.37))
    assert "Plik nie obejmuje całego miasta" in refused(changed(content, 102, "<4i", *warsaw))


def test_bounds_that_promise_more_than_there_is_are_seen_through(refused, tmp_path, content):
    """The header says the whole city; the tiles are of one street."""
    street = '{"type":"LineString","coordinates":[[19.457,51.76],[19.457,51.77]]}'
    one = tiles_of(tmp_path, "roads", '{"kind":"minor_road"}', street)
    bounds = struct.unpack_from("<4i", content, 102)
    assert "nie ma mapy osiedla" in refused(changed(one, 102, "<4i", *bounds))


@pytest.mark.parametrize("section", range(4))
def test_a_section_outside_of_the_file_is_refused(refused, content, section):
    assert "uszkodzony" in refused(changed(content, 8 + 16 * section, "<Q", 2**40))
    assert "uszkodzony" in refused(changed(content, 16 + 16 * section, "<Q", 2**40))


def test_a_flipped_byte_anywhere_among_the_tiles_is_found(refused, content):
    tiles = struct.unpack_from("<Q", content, 56)[0]
    for place in range(tiles + 20, len(content), (len(content) - tiles) // 7):
        damaged = bytearray(content)
        damaged[place] ^= 0x55
        assert "uszkodzony" in refused(bytes(damaged))


def test_a_directory_that_grows_without_end_when_unpacked_is_refused(refused, content):
    bomb = gzip.compress(bytes(64 * 1024 * 1024))
    grown = changed(content + bomb, 8, "<2Q", len(content), len(bomb))
    assert "rozpakować" in refused(grown)


def test_a_directory_that_names_itself_is_refused(refused, content):
    """One entry whose run is 0: another directory, which is this one again."""
    loop = gzip.compress(bytes([1, 0, 0, 30, 1]))
    place = len(content)
    looped = changed(content + loop.ljust(40, b"\0"), 8, "<2Q", place, len(loop))
    assert "uszkodzony" in refused(changed(looped, 40, "<2Q", place, 40))


def test_tiles_of_another_schema_are_refused(refused, tmp_path):
    ring = "[[19,51.5],[20,51.5],[20,52],[19,52],[19,51.5]]"
    ground = f'{{"type":"Polygon","coordinates":[{ring}]}}'
    other = tiles_of(tmp_path, "transportation", '{"class":"street"}', ground)
    reason = "inne warstwy niż schemat Protomaps: brakuje roads, są: transportation"
    assert reason in refused(other)


def test_numbers_of_tiles_are_those_of_the_format():
    """The first of each zoom, and the example of the specification."""
    assert [number_of(0, 0, 0), number_of(1, 0, 0), number_of(2, 0, 0)] == [0, 1, 5]
    assert [number_of(1, *place) for place in ((0, 1), (1, 1), (1, 0))] == [2, 3, 4]
    assert number_of(12, 3423, 1763) == 19078479


def test_every_tile_lies_where_its_number_says(town_basemap):
    """At zoom 15 the centre has streets and houses, and the forest only the ground."""
    with Path(town_basemap).open("rb") as file:
        archive = Archive(file)
        entries = archive.entries()

        def layers_at(place: tuple[float, float]) -> set[str]:
            number = number_of(15, *tile_over(Point(*place), 15))
            (entry,) = (one for one in entries if one.tile <= number < one.tile + one.run)
            return set(read_layers(archive.tile(entry)))

        assert {"earth", "roads", "buildings", "pois", "landuse"} <= layers_at(CENTRE)
        assert layers_at((19.48, 51.84)) == {"earth"}


@pytest.mark.parametrize(
    "tile", [b"\x1a\x05abc", b"\x1a\x02\x12\x01", b"\xff", b"\x1b", b"\x1a\x00"]
)
def test_what_is_no_vector_tile_is_refused(tile):
    with pytest.raises(BasemapError, match="kafelek"):
        read_layers(tile)
