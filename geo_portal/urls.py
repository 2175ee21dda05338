"""Public addresses (stable; see docs/architecture.md)."""

from django.contrib import admin
from django.contrib.sitemaps.views import sitemap
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from pages.home import home
from pages.sitemaps import SITEMAPS, favicon, robots
from procedures.opinion_page import opinion, opinion_file, opinion_picture
from reports.pages import offline
from web.state_page import show_state

urlpatterns = [
    path("", home, name="home"),
    path("sitemap.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("robots.txt", robots, name="robots"),
    # Where browsers ask that have seen no page.
    path("favicon.ico", favicon, name="favicon"),
    # Before the folders that share the root: addresses are tried one after another.
    path("api/", include("api.urls")),
    path("ogc/", include("api.features.urls")),
    path("sw.js", offline.service_worker, name="service-worker"),
    path("manifest.webmanifest", offline.manifest, name="manifest"),
    # No CSRF token: the form only sets a language cookie.
    path("jezyk/", csrf_exempt(set_language), name="language"),
    path("opinia/<str:key>/", opinion, name="opinion"),
    path("opinia/<str:key>/pliki/<int:pk>/<str:name>", opinion_file, name="opinion-file"),
    path("opinia/<str:key>/ilustracje/<int:pk>.webp", opinion_picture, name="opinion-picture"),
    path("z-wiadomosci/", include("panel.by_link.urls")),
    path("bez-sieci/", offline.offline, name="offline"),
    path("stan/", show_state, name="state"),
    path("", include("pages.urls")),
    path("", include("catalogue.urls")),
    path("", include("reports.pages.urls")),
    path("", include("maps.urls")),
    path("", include("regulations.urls")),
    path("", include("districts.urls")),
    path("", include("outbox.urls")),
    path("procedury/", include("procedures.urls")),
    path("konto/zgloszenia/", include("own_reports.urls")),
    path("konto/", include("accounts.urls")),
    path("panel/konta/", include("accounts.people.urls")),
    path("panel/", include("panel.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "web.errors.bad_request"
handler403 = "web.errors.forbidden"
handler404 = "web.errors.not_found"
handler500 = "web.errors.server_error"
