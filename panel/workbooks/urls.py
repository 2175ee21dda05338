"""Addresses of workbooks."""

from django.urls import path

from panel.queue.rooms import Room

from . import views

urlpatterns = [
    path("operator/xlsx/", views.ask_page(Room.OPERATOR), name="operator-xlsx"),
    path("jednostka/xlsx/", views.ask_page(Room.UNIT), name="unit-xlsx"),
    path("arkusze/", views.list_page, name="workbooks"),
    path("arkusze/<uuid:pk>/", views.download, name="workbook"),
]
