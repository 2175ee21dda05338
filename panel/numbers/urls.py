"""Addresses of the numbers."""

from django.urls import path

from . import views

urlpatterns = [
    path("liczby/", views.numbers, name="numbers"),
    path("liczby/csv/<slug:name>/", views.numbers_file, name="numbers-file"),
]
