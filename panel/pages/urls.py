"""Addresses of the pages about the pages around the map."""

from django.urls import path, re_path

from . import entries, inbox

_KIND = "(?P<kind>aktualnosci|pytania)"

urlpatterns = [
    path("redakcja/pytania/grupy/nowa/", entries.group, name="new-question-group"),
    path("redakcja/pytania/grupy/<int:pk>/", entries.group, name="question-group"),
    re_path(rf"^redakcja/{_KIND}/$", entries.entries, name="entries"),
    re_path(rf"^redakcja/{_KIND}/nowe/$", entries.entry, name="new-entry"),
    re_path(rf"^redakcja/{_KIND}/(?P<pk>[0-9]{{1,18}})/$", entries.entry, name="entry"),
    path("skrzynka/", inbox.inbox, name="inbox"),
    path("skrzynka/<int:pk>/", inbox.inquiry, name="inquiry"),
    path("skrzynka/<int:pk>/stan/", inbox.move, name="move-inquiry"),
]
