"""Addresses of the room of the knowledge base, after ``/panel/redakcja/``."""

from django.urls import path

from . import calendar, cards, drawing, editing, links, listing, readers
from .acts import ACTS

urlpatterns = [
    path("", listing.cards, name="procedures"),
    path("nowa/", editing.new, name="procedure-new"),
    path("kalendarz/", calendar.calendar, name="procedures-calendar"),
    path("odnosniki/", links.links, name="procedures-links"),
    path("glosy/", readers.opinions, name="procedures-opinions"),
    path("nie-znaleziono/", readers.missed, name="procedures-missed"),
    path("pliki/<int:pk>/<str:name>", drawing.file, name="procedure-file"),
    path("ilustracje/<int:pk>.webp", drawing.picture, name="procedure-picture"),
    path("<slug:number>/", cards.card, name="procedure"),
    path("<slug:number>/tresc/", editing.edit, name="procedure-edit"),
    path("<slug:number>/ulozenie/", editing.arrange, name="procedure-arrange"),
    path("<slug:number>/opinia/", cards.make_link, name="procedure-link"),
    path("<slug:number>/opinia/<int:pk>/", cards.revoke_link, name="procedure-link-revoke"),
    path("<slug:number>/wersje/<int:version>/", cards.version, name="procedure-version"),
    path(
        "<slug:number>/wersje/<int:version>/od/<int:since>/",
        cards.differences,
        name="procedure-differences",
    ),
    *[path(f"<slug:number>/{act.path}", cards.view_of(act), name=act.name) for act in ACTS],
]
