"""Public addresses of the texts. Each kind has the same four."""

from django.urls import path

from . import views
from .models import Kind

app_name = "regulations"
_PLACES = {
    Kind.RULES: "regulamin",
    Kind.CLAUSE: "klauzula-informacyjna",
    Kind.ACCESSIBILITY: "deklaracja-dostepnosci",
    Kind.COOKIES: "pliki-cookie",
    # Its bare address shows the table itself, from catalogue.annex.views.
    Kind.ANNEX: "zalacznik",
}

urlpatterns = [
    address
    for kind, place in _PLACES.items()
    for address in (
        path(f"{place}/", views.page, {"kind": kind}, name=kind),
        path(f"{place}/<str:number>/", views.page, {"kind": kind}, name=f"{kind}-version"),
        path(f"{place}/<str:number>.pdf", views.pdf, {"kind": kind}, name=f"{kind}-pdf"),
        path(
            f"{place}/<str:number>/zmiany/<str:since>/",
            views.differences,
            {"kind": kind},
            name=f"{kind}-differences",
        ),
    )
]
