"""`/panel/`: rooms of staff."""

from django.urls import path

from . import annex, guard
from .queue import views as queue
from .report import acts, page
from .views import home

app_name = "panel"
urlpatterns = [
    path("", home, name="home"),
    path("operator/", queue.operator, name="operator"),
    path("zalacznik/publikacja/", annex.publish, name="publish-annex"),
    path("operator/ochrona/", guard.switch, name="guard"),
    path("jednostka/", queue.unit, name="unit"),
    path("zgloszenia/<str:reference>/", page.report, name="report"),
    path("zgloszenia/<str:reference>/status/", acts.status, name="change-status"),
    path("zgloszenia/<str:reference>/zwrot/", acts.give_back, name="give-back"),
    path("zgloszenia/<str:reference>/kategoria/", acts.category, name="correct-category"),
    path("zgloszenia/<str:reference>/miejsce/", acts.place, name="correct-place"),
    path("zgloszenia/<str:reference>/przekazanie/", acts.forward, name="forward"),
    path("zgloszenia/<str:reference>/widocznosc/", acts.visibility, name="visibility"),
    path("zgloszenia/<str:reference>/opis/", acts.description, name="clear-description"),
    path("zgloszenia/<str:reference>/zdjecia/<uuid:pk>/", acts.photo, name="clear-photo"),
    path("zgloszenia/<str:reference>/zdjecia/<uuid:pk>/zamazanie/", acts.blur, name="blur-photo"),
]
