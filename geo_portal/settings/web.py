"""Requests, templates, languages and the API."""

from .env import BASE_DIR, VAR_DIR, env

ROOT_URLCONF = "geo_portal.urls"
MIDDLEWARE = [
    "web.health.HealthMiddleware",
    # It stands before everything that may refuse a request, because the answer is a page too.
    "csp.middleware.CSPMiddleware",
    "web.bounds.BoundsMiddleware",
    "web.kept.ReadOnceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "web.compression.TextCompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "maps.basemap.serving.BasemapMiddleware",
    # Static files are answered here: what asks the database stands below.
    "web.read_only.StateMiddleware",
    "web.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.sessions.ActivityMiddleware",
    "accounts.sessions.PrivatePagesMiddleware",
    "web.read_only.RefusingMiddleware",
    "web.limits.LimitMiddleware",
    "web.errors.ErrorMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Only templates in these folders go before those that allauth and spectacular bring.
        "DIRS": [BASE_DIR / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "web.context.city_and_state",
                "maps.context.map_config",
            ],
        },
    },
]

# This lets us use our own field template, which ties errors and hints to their field.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

LANGUAGE_CODE = "pl"
LANGUAGES = [("pl", "polski"), ("en", "English"), ("uk", "українська")]
LANGUAGE_COOKIE_NAME = "jezyk"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600  # seconds
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
# The second holds our words for texts of libraries; makemessages leaves it alone.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "web" / "words_of_libraries"]
TIME_ZONE = "Europe/Warsaw"
USE_TZ = True
USE_I18N = True

# Pages that are the same for everybody who is not logged in, by the names of their addresses, and
# for how many seconds each process keeps one once it is made.
KEPT_PAGES = {
    "home",
    "catalogue:annex",
    "districts:editions",
    "districts:edition",
    "pages:news",
    "pages:news-entry",
    "pages:questions",
    "pages:question",
    "procedures:card",
    "procedures:search",
    "maps:map",
    "reports:status-search",
    "regulations:rules",
    "regulations:rules-version",
    "regulations:clause",
    "regulations:clause-version",
    "regulations:accessibility",
    "regulations:accessibility-version",
    "regulations:cookies",
    "regulations:cookies-version",
    "regulations:annex-version",
}
PAGES_KEPT_SECONDS = env.int("PAGES_KEPT_SECONDS", 2)

# It is part of the name of the service worker's cache: the time of the build, or a version.
RELEASE = env.str("RELEASE", "1")

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", str(VAR_DIR / "static"))
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["api.renderers.FastJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["api.parsers.ShallowJSONParser"],
    # The API for residents is anonymous by design; staff work in the panel.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "web.errors.api_exception_handler",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "API portalu zgłoszeń miasta Łodzi",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "api.schema.with_common_refusals",
    ],
}
