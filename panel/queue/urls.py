"""Addresses of the two rooms with a list."""

from django.urls import path

from . import arriving, exporting, keeping, views
from . import map as maps
from .rooms import Room

urlpatterns = [
    path("operator/", views.operator, name="operator"),
    path("operator/mapa/", maps.operator_map, name="operator-map"),
    path("jednostka/", views.unit, name="unit"),
    path("jednostka/mapa/", maps.unit_map, name="unit-map"),
]
for _room, _path in ((Room.OPERATOR, "operator"), (Room.UNIT, "jednostka")):
    urlpatterns += [
        path(f"{_path}/na-zywo/", arriving.live_page(_room), name=f"{_room}-live"),
        path(f"{_path}/csv/", exporting.file_page(_room, "csv"), name=f"{_room}-csv"),
        path(f"{_path}/geojson/", exporting.file_page(_room, "geojson"), name=f"{_room}-geojson"),
        path(f"{_path}/widoki/", keeping.views_page(_room), name=f"{_room}-views"),
        path(f"{_path}/widoki/<int:pk>/", keeping.rename_page(_room), name=f"{_room}-view-rename"),
        path(
            f"{_path}/widoki/<int:pk>/usun/",
            keeping.delete_page(_room),
            name=f"{_room}-view-delete",
        ),
    ]
