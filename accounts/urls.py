"""`/konto/`: registering, logging in, sessions, consents, closing the account."""

from allauth.account import views
from allauth.usersessions.views import list_usersessions
from django.urls import include, path, re_path
from django.views.decorators.cache import never_cache

from .views import account, leaving, registration, tokens

urlpatterns = [
    path("", account.home, name="account_home"),
    path("zgody/", account.consent_page, name="account_consents"),
    path("zgody/biuletyn/", account.newsletter, name="account_newsletter"),
    path("regulamin/", account.rules, name="account_rules"),
    path("przejecie/", account.takeover, name="account_takeover"),
    path("tokeny/", tokens.tokens, name="account_tokens"),
    path("tokeny/<int:pk>/uniewaznienie/", tokens.revoke, name="account_token_revoke"),
    path("dane/", leaving.data, name="account_data"),
    path("zamkniecie/", leaving.close, name="account_close"),
    path("zamkniete/", leaving.closed, name="account_closed"),
    path("logowanie/", views.login, name="account_login"),
    path("wylogowanie/", views.logout, name="account_logout"),
    path("nieaktywne/", views.account_inactive, name="account_inactive"),
    path("rejestracja/", registration.RegistrationView.as_view(), name="account_signup"),
    path("rejestracja/haslo/", registration.password_check, name="account_password_check"),
    path(
        "rejestracja/list/", views.email_verification_sent, name="account_email_verification_sent"
    ),
    path(
        "rejestracja/adres/<str:key>/",
        never_cache(registration.ConfirmationView.as_view()),
        name="account_confirm_email",
    ),
    path("potwierdzenie/", views.reauthenticate, name="account_reauthenticate"),
    path("adres/", views.email, name="account_email"),
    path("haslo/", views.password_reset, name="account_reset_password"),
    path("haslo/wyslane/", views.password_reset_done, name="account_reset_password_done"),
    path("haslo/zmiana/", views.password_change, name="account_change_password"),
    path("haslo/ustawienie/", views.password_set, name="account_set_password"),
    # The key may hold hyphens. The first hyphen of the path ends the person's number.
    re_path(
        r"^haslo/nowe/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        never_cache(views.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "haslo/zmienione/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("sesje/", list_usersessions, name="usersessions_list"),
    path("drugi-skladnik/", include("allauth.mfa.urls")),
]
