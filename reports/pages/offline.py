"""What lets the form be installed and opened without a network."""

import json
from hashlib import sha256

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

_FILES = (
    "build/portal.css",
    "build/icons.svg",
    "build/js/extra/exif.js",
    "build/js/lib/install.js",
    "build/js/pages/new.js",
    "build/js/pages/offline.js",
    "css/form.css",
    "css/map.css",
    "leaflet/leaflet.css",
    "leaflet/leaflet.js",
    "img/logo.svg",
)


def _kept_files() -> list[str]:
    """Addresses of all that the form needs; only public files and pages made for nobody."""
    pages = [reverse("reports:new-shell"), reverse("offline"), reverse("api:districts")]
    return [*map(static, _FILES), *pages]


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's address must be at the root, and its text change with every release."""
    files = _kept_files()
    language = _asked_language(request)
    release = sha256(json.dumps([files, settings.RELEASE]).encode()).hexdigest()[:16]
    values = {
        "language": language,
        "release": f"{release}-{language}",
        "files": files,
        "statics": settings.STATIC_URL,
        "form": reverse("reports:new"),
        "shell": reverse("reports:new-shell"),
        "offline": reverse("offline"),
    }
    worker = static("build/js/worker/worker.js")
    # No module: browsers learned to run those as workers late.
    text = f'importScripts("{worker}");\nportalWorker.start({json.dumps(values, indent=1)});\n'
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


def _asked_language(request: HttpRequest) -> str:
    """What the page that registers the worker is written in."""
    asked = request.GET.get("lang", "")
    known = dict(settings.LANGUAGES)
    return asked if asked in known else get_language() or settings.LANGUAGE_CODE


@vary_on_headers("Cookie")
@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    icon = {"src": static("img/logo.svg"), "type": "image/svg+xml", "sizes": "any"}
    values = {
        "name": settings.CITY_PORTAL_NAME,
        "short_name": _("Zgłoś w Łodzi"),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "start_url": reverse("reports:new"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#0f2a54",
        "theme_color": "#0f2a54",
        "icons": [icon, icon | {"purpose": "maskable"}],
    }
    return JsonResponse(values, content_type="application/manifest+json")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What the worker shows where a page cannot be had; the same for everybody."""
    request.user = AnonymousUser()
    return render(request, "reports/offline.html")
