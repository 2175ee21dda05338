"""Addresses of the boundaries' room, after ``/panel/granice/``."""

from django.urls import path

from . import editions, responsible
from .acts import ACTS

urlpatterns = [
    path("", editions.editions, name="boundaries"),
    path("nowe-wydanie/", editions.new_draft, name="new-draft"),
    path("nowa-warstwa/", editions.new_layer, name="new-layer"),
    path("kto-odpowiadal/", responsible.responsible, name="responsible"),
    path("warstwy/<slug:layer>/powrot/", editions.go_back, name="go-back"),
    path("wydania/<slug:code>/", editions.edition, name="edition"),
    path("wydania/<slug:code>/mapa.geojson", editions.outlines, name="edition-outlines"),
    *[
        path(f"wydania/<slug:code>/{act.path}", editions.view_of(act), name=act.name)
        for act in ACTS
    ],
]
