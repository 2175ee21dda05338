"""Public addresses (stable; see docs/architecture.md)."""

from django.contrib import admin
from django.urls import include, path

from reports.views.home import home

urlpatterns = [
    path("", home, name="home"),
    path("", include("reports.urls")),
    path("", include("regulations.urls")),
    path("", include("outbox.urls")),
    path("konto/", include("accounts.urls")),
    path("panel/", include("reports.panel.urls")),
    path("api/", include("reports.api.urls")),
    path("admin/", admin.site.urls),
]

handler400 = "geo_portal.errors.bad_request"
handler403 = "geo_portal.errors.forbidden"
handler404 = "geo_portal.errors.not_found"
handler500 = "geo_portal.errors.server_error"
