"""Addresses of the two rooms with a list."""

from django.urls import path

from . import views
from . import map as maps

urlpatterns = [
    path("operator/", views.operator, name="operator"),
    path("operator/mapa/", maps.operator_map, name="operator-map"),
    path("jednostka/", views.unit, name="unit"),
    path("jednostka/mapa/", maps.unit_map, name="unit-map"),
]
