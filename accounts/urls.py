"""`/konto/`: log-in, log-out, a forgotten password and the second factor, by allauth."""

from allauth.account import views
from django.urls import include, path

urlpatterns = [
    path("logowanie/", views.login, name="account_login"),
    path("wylogowanie/", views.logout, name="account_logout"),
    path("nieaktywne/", views.account_inactive, name="account_inactive"),
    path("rejestracja/", views.signup, name="account_signup"),
    path("potwierdzenie/", views.reauthenticate, name="account_reauthenticate"),
    path("haslo/", views.password_reset, name="account_reset_password"),
    path("haslo/wyslane/", views.password_reset_done, name="account_reset_password_done"),
    path(
        "haslo/nowe/<str:uidb36>-<str:key>/",
        views.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "haslo/zmienione/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("drugi-skladnik/", include("allauth.mfa.urls")),
]
