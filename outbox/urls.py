"""`/lokalnie/listy/`: letters caught in the local run. In production these answer 404."""

from django.urls import path

from . import views

app_name = "outbox"
urlpatterns = [
    path("lokalnie/listy/", views.letters, name="letters"),
    path("lokalnie/listy/<str:key>/", views.letter, name="letter"),
    path("lokalnie/listy/<str:key>/html/", views.letter_html, name="letter-html"),
]
