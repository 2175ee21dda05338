import shutil

import pytest
from django.conf import settings

from tests.maps.basemap.made import town_basemap, town_in_force  # noqa: F401


@pytest.fixture(autouse=True)
def no_base_map_is_left():
    yield
    shutil.rmtree(settings.BASEMAP_DIR, ignore_errors=True)
