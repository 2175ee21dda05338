"""The service worker and the manifest, with which the form can be installed and opened offline."""

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

from web.switches import State

_FILES = (
    "build/form.css",
    "build/portal.css",
    "build/icons.svg",
    "build/js/extra/exif.js",
    "build/js/pages/every.js",
    "build/js/pages/new.js",
    "build/js/pages/offline.js",
    "leaflet/leaflet.css",
    "leaflet/leaflet.js",
    "img/logo.svg",
)


@never_cache
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    """The worker's address must be at the root, and its text must change with every release."""
    # The worker stores only public files, and pages that are the same for everybody.
    pages = [reverse("reports:new-shell"), reverse("offline"), reverse("api:districts")]
    files = [*map(static, _FILES), *pages]
    # The page that registers the worker says in which language it is written.
    language = request.GET.get("lang", "")
    if language not in dict(settings.LANGUAGES):
        language = get_language() or settings.LANGUAGE_CODE
    release = sha256(json.dumps([files, settings.RELEASE]).encode()).hexdigest()[:16]
    values = {
        "language": language,
        "release": f"{release}-{language}",
        "files": files,
        # Boundaries change between two releases.
        "renewed": [reverse("api:districts")],
        "statics": settings.STATIC_URL,
        "form": reverse("reports:new"),
        "shell": reverse("reports:new-shell"),
        "offline": reverse("offline"),
    }
    worker = static("build/js/worker/worker.js")
    # Not a module, because older browsers cannot run modules as workers.
    text = f'importScripts("{worker}");\nportalWorker.start({json.dumps(values, indent=1)});\n'
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@vary_on_headers("Cookie")
@cache_control(max_age=3600)
@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    drawn = {"src": static("img/logo.svg"), "type": "image/svg+xml", "sizes": "any"}
    # The mark stands free on navy, so that no mask cuts it.
    icon = {"src": static("img/icon-512.png"), "type": "image/png", "sizes": "512x512"}
    values = {
        "name": settings.CITY_PORTAL_NAME,
        "short_name": _("Zgłoś w Łodzi"),
        "lang": get_language() or settings.LANGUAGE_CODE,
        "start_url": reverse("reports:new"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#0f2a54",
        "theme_color": "#0f2a54",
        "icons": [drawn, icon, icon | {"purpose": "maskable"}],
    }
    return JsonResponse(values, content_type="application/manifest+json")


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The page that the worker shows if a page cannot be loaded. It is the same for everybody."""
    make_everybodys(request)
    return render(request, "reports/offline.html")


def make_everybodys(request: HttpRequest) -> None:
    """Let a page that devices keep say nothing of who asks, nor of a day's switches and breaks."""
    request.user = AnonymousUser()
    request.portal_state = State()  # type: ignore[attr-defined]
