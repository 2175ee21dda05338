"""Addresses of the maps."""

from django.urls import path, re_path

from . import data, tiles
from .basemap.numbers import addresses_in_square
from .basemap.serving import ADDRESS, basemap_file
from .following import pages
from .pages import feed, public_map

app_name = "maps"
urlpatterns = [
    path("mapa/", public_map.public_map, name="map"),
    path("mapa/osadzona/", public_map.embedded, name="embedded"),
    path("mapa/osadzanie/", public_map.embedding, name="embedding"),
    path("mapa/kanal.atom", feed.feed, name="feed"),
    path("mapa/obserwuj/", pages.follow, name="follow"),
    path("mapa/obserwowane/<str:mailbox>/<str:key>/", pages.watches, name="watches"),
    path("mapa/koniec/<str:secret>/", pages.unwatch, name="unwatch"),
    path("mapa/dane/", data.map_data, name="data"),
    path(
        "mapa/adresy/<int:column>/<int:row>.json",
        addresses_in_square,
        name="addresses",
    ),
    # Its middleware answers first; this gives it a name.
    re_path(rf"^{ADDRESS}$", basemap_file, name="basemap"),
    path("tiles/reports/<str:z>/<str:x>/<str:y>.mvt", tiles.tile, name="tile"),
]
