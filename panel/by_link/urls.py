"""`/z-wiadomosci/`: the pages that links in letters to units open."""

from django.urls import path

from . import case, work_list

app_name = "by_link"
urlpatterns = [
    path("lista/<str:key>/", work_list.show, name="list"),
    path("<str:key>/", case.answer, name="case"),
    path("<str:key>/zdjecia/<uuid:pk>/<str:size>.webp", case.photo, name="photo"),
]
