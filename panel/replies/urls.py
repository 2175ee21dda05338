"""`/panel/poczta/`."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.replies, name="replies"),
    path("<int:pk>/zalatwione/", views.close, name="close-reply"),
]
