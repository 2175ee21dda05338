"""`/panel/konta/`: accounts of people, for administrators."""

from django.urls import path

from . import views

app_name = "people"
urlpatterns = [
    path("", views.search, name="search"),
    path("<int:pk>/", views.person, name="person"),
    path("<int:pk>/blokada/", views.block, name="block"),
    path("<int:pk>/odblokowanie/", views.unblock, name="unblock"),
    path("<int:pk>/usuniecie/", views.delete, name="delete"),
    path("<int:pk>/adres/", views.restore_address, name="restore-address"),
    path("<int:pk>/drugi-skladnik/", views.reset_second_factor, name="reset-second-factor"),
]
