"""Addresses of the sheets."""

from django.urls import path

from panel.queue.rooms import Room

from .views import case_sheet, day_sheet

urlpatterns = [
    path("operator/lista-na-dzien/", day_sheet(Room.OPERATOR), name="operator-day"),
    path("jednostka/lista-na-dzien/", day_sheet(Room.UNIT), name="unit-day"),
    path("zgloszenia/<str:reference>/karta/", case_sheet, name="case-sheet"),
]
