"""Public addresses of the texts."""

from django.urls import path

from . import views

app_name = "regulations"
urlpatterns = [
    path("regulamin/", views.rules, name="rules"),
    path("regulamin/<str:number>/", views.rules, name="rules-version"),
    path("klauzula-informacyjna/", views.clause, name="clause"),
    path("klauzula-informacyjna/<str:number>/", views.clause, name="clause-version"),
    path("deklaracja-dostepnosci/", views.accessibility, name="accessibility"),
    path("deklaracja-dostepnosci/<str:number>/", views.accessibility, name="accessibility-version"),
]
