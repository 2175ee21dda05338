"""The base map of the small town, made once by the real programs."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings

from maps.basemap.building import build_basemap
from maps.basemap.installing import install_basemap
from tests.maps.basemap.town import write_town


@pytest.fixture(scope="session")
def town_basemap(tmp_path_factory, django_db_setup, django_db_blocker) -> Path:
    folder = tmp_path_factory.mktemp("basemap")
    with django_db_blocker.unblock():
        build_basemap(write_town(folder / "town.osm.pbf"), folder / "town.pmtiles", print)
    return folder / "town.pmtiles"


@pytest.fixture
def town_in_force(town_basemap, committed):
    """The name of the base map of the town, in force for this test."""
    yield install_basemap(town_basemap)
    shutil.rmtree(settings.BASEMAP_DIR, ignore_errors=True)
