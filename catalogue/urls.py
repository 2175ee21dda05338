"""Public pages of the catalogue."""

from django.urls import path

from .annex import views

app_name = "catalogue"
urlpatterns = [path("zalacznik/", views.annex, name="annex")]
