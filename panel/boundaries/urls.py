"""Addresses of the boundaries' room, after ``/panel/granice/``."""

from django.urls import path

from . import (
    annex,
    checking,
    comparing,
    coverage,
    downloads,
    editing,
    editions,
    responsible,
    returning,
    uploading,
)
from .acts import ACTS

urlpatterns = [
    path("", editions.editions, name="boundaries"),
    path("nowe-wydanie/", editions.new_draft, name="new-draft"),
    path("nowa-warstwa/", editions.new_layer, name="new-layer"),
    path("kto-odpowiadal/", responsible.responsible, name="responsible"),
    path("pokrycie/", coverage.unanswered, name="coverage"),
    path("pokrycie/dwa-razy/", coverage.claimed_twice, name="claimed-twice"),
    path("pokrycie/przekazane/", coverage.misroutes, name="misroutes"),
    path("warstwy/<slug:layer>/powrot/", returning.go_back, name="go-back"),
    path("wydania/<slug:code>/", editions.edition, name="edition"),
    path("wydania/<slug:code>/mapa.geojson", editions.outlines, name="edition-outlines"),
    path("wydania/<slug:code>/zmiany/", comparing.changes, name="edition-changes"),
    path("zalacznik.csv", annex.in_force, name="annex-table"),
    path("wydania/<slug:code>/zmiany/zalacznik/", annex.annex, name="edition-annex"),
    path("wydania/<slug:code>/zmiany/zalacznik/usuniecie/", annex.drop, name="edition-annex-drop"),
    path("wydania/<slug:code>/zmiany/zalacznik.csv", annex.download, name="edition-annex-file"),
    path("wydania/<slug:code>/do-pobrania/", downloads.downloads, name="edition-downloads"),
    path("wydania/<slug:code>/plik.<slug:suffix>", downloads.edition_file, name="edition-file"),
    path(
        "wydania/<slug:code>/zmiany.<slug:suffix>",
        downloads.changes_file,
        name="edition-changes-file",
    ),
    path("wydania/<slug:code>/zmiany/zostaja/", comparing.stay, name="edition-stay"),
    path(
        "wydania/<slug:code>/zmiany/zgloszenia/", comparing.reports, name="edition-changed-reports"
    ),
    path(
        "wydania/<slug:code>/zmiany/zgloszenia.geojson",
        comparing.points,
        name="edition-changed-points",
    ),
    path("wydania/<slug:code>/edytor/", editing.editor, name="edition-editor"),
    path("wydania/<slug:code>/edytor/szkic/", editing.draft, name="edition-editor-draft"),
    path("wydania/<slug:code>/edytor/stan/", editing.standing, name="edition-editor-standing"),
    path("wydania/<slug:code>/edytor/zmiana/", editing.draw_one, name="edition-editor-draw"),
    path("wydania/<slug:code>/edytor/cofniecie/", editing.undo, name="edition-editor-undo"),
    path("wydania/<slug:code>/edytor/ponowienie/", editing.redo, name="edition-editor-redo"),
    path("wydania/<slug:code>/pliki/", uploading.uploads, name="edition-uploads"),
    path("wydania/<slug:code>/pliki/<uuid:pk>/", uploading.upload, name="edition-upload"),
    path(
        "wydania/<slug:code>/pliki/<uuid:pk>/mapa.geojson",
        uploading.drawing,
        name="edition-upload-drawing",
    ),
    path("wydania/<slug:code>/sprawdzenie/", checking.checks, name="edition-checks"),
    path("wydania/<slug:code>/sprawdzenie/granice/", checking.snap, name="edition-snap"),
    path(
        "wydania/<slug:code>/sprawdzenie/<int:pk>/wyjasnienie/",
        checking.explain,
        name="edition-explain",
    ),
    path(
        "wydania/<slug:code>/sprawdzenie/<int:pk>/mniejsze-miasto/",
        checking.accept,
        name="edition-accept",
    ),
    path(
        "wydania/<slug:code>/sprawdzenie/<int:pk>/<slug:word>/", checking.mend, name="edition-mend"
    ),
    *[
        path(f"wydania/<slug:code>/{act.path}", editions.view_of(act), name=act.name)
        for act in ACTS
    ],
]
