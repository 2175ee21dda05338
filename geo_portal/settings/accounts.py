"""Registering, logging in, sessions, and the time that people have to accept new rules."""

from django.urls import reverse_lazy

from .city import CITY_EMAIL
from .env import env
from .limits import RATE_LIMITS_ENABLED, TRUSTED_PROXIES

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.authenticating.PersonBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = reverse_lazy("account_login")
LOGIN_REDIRECT_URL = reverse_lazy("panel:home")

ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "accounts.forms.login.LoginForm",
    "signup": "accounts.forms.registration.RegistrationForm",
}
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
# Confirming the address logs the person in only in the browser in which they registered.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 3
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
# The password is asked again before the address is changed, because somebody else may be using an
# open session.
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_SESSION_REMEMBER = False
# "ip": from one IP address. "key": what ``accounts.guessing`` counts together.
GUESSING_LIMITS = {
    "login": "30/m/ip,300/h/ip",
    "login_failed": "10/m/ip",
    # For one account from one IP address; or from devices with which its owner has logged in.
    "login_failed_here": "5/5m/key",
    # For one account from all devices with which its owner has not.
    "login_failed_anywhere": "20/h/key",
    # After these the owner gets a letter.
    "login_failed_quietly": "4/h/key",
    "signup": "10/m/ip,40/h/ip",
    "reset_password": "10/m/ip,3/10m/key",
    "reset_password_from_key": "20/m/ip",
    "reauthenticate": "10/m/user",
}
ACCOUNT_RATE_LIMITS: dict | bool = GUESSING_LIMITS if RATE_LIMITS_ENABLED else False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
USERSESSIONS_TRACK_ACTIVITY = True

MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "ŁCKzM"

# This address gets a letter when somebody reports that an account was taken over.
ADMINISTRATOR_EMAIL = env.str("ADMINISTRATOR_EMAIL", CITY_EMAIL)

# A resident sees their own reports of this many full calendar months before the month of the
# log-in.
MY_REPORTS_MONTHS = env.int("MY_REPORTS_MONTHS", 6)

# New rules: the days between the letter and the date by which to accept them, and the days between
# two reminders as well as between the last reminder and the closing of the account.
RULES_DAYS_TO_ACCEPT = env.int("RULES_DAYS_TO_ACCEPT", 14)
RULES_DAYS_BETWEEN_REMINDERS = env.int("RULES_DAYS_BETWEEN_REMINDERS", 7)
