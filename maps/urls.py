"""Addresses of the maps."""

from django.urls import path, re_path

from . import data
from .basemap.serving import ADDRESS, basemap_file

app_name = "maps"
urlpatterns = [
    path("mapa/dane/", data.map_data, name="data"),
    # Its middleware answers first; this gives it a name.
    re_path(rf"^{ADDRESS}$", basemap_file, name="basemap"),
]
