"""Addresses below ``/konto/zgloszenia/``: a resident's own reports."""

from django.urls import path

from . import views

app_name = "own_reports"
urlpatterns = [
    path("", views.report_list, name="list"),
    path("punkty/", views.map_points, name="points"),
    path("geojson/", views.as_geojson, name="geojson"),
    path("csv/", views.as_csv, name="csv"),
    path("przejmij/", views.claim, name="claim"),
    path("<str:reference>/", views.report_page, name="report"),
    path("<str:reference>/polka/", views.put_away, name="put-away"),
]
