"""Addresses of the maps."""

from django.urls import path

from . import data

app_name = "maps"
urlpatterns = [
    path("mapa/dane/", data.map_data, name="data"),
]
