"""Public pages of boundaries."""

from django.urls import path

from . import views

app_name = "districts"
urlpatterns = [
    path("granice/", views.editions, name="editions"),
    path("granice/<slug:code>/", views.edition, name="edition"),
    path("granice/<slug:code>/mapa.geojson", views.outlines, name="edition-outlines"),
    path("granice/<slug:code>/plik.<slug:suffix>", views.edition_file, name="edition-file"),
    path("granice/<slug:code>/zmiany.<slug:suffix>", views.changes_file, name="changes-file"),
]
