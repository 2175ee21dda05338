"""Addresses of the pages about the pages around the map."""

from django.urls import path

from . import inbox

urlpatterns = [
    path("skrzynka/", inbox.inbox, name="inbox"),
    path("skrzynka/<int:pk>/", inbox.inquiry, name="inquiry"),
    path("skrzynka/<int:pk>/stan/", inbox.move, name="move-inquiry"),
]
