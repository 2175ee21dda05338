"""Addresses of bulk acts."""

from django.urls import path

from panel.queue.rooms import Room

from . import views

urlpatterns = [
    path("operator/razem/", views.choose_page(Room.OPERATOR), name="operator-bulk"),
    path("jednostka/razem/", views.choose_page(Room.UNIT), name="unit-bulk"),
    path("razem/", views.list_page, name="bulk-acts"),
    path("razem/<int:pk>/", views.show, name="bulk"),
    path("razem/<int:pk>/zatwierdzenie/", views.confirm_page, name="bulk-confirm"),
    path("razem/<int:pk>/cofniecie/", views.undo_page, name="bulk-undo"),
]
