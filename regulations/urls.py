"""Public addresses of the texts: each kind has the same four."""

from django.urls import URLPattern, path

from . import views
from .models import Kind

app_name = "regulations"
_PLACES = {
    Kind.RULES: "regulamin",
    Kind.CLAUSE: "klauzula-informacyjna",
    Kind.ACCESSIBILITY: "deklaracja-dostepnosci",
    Kind.COOKIES: "pliki-cookie",
    # Under its bare address the table itself is shown (catalogue.annex.views).
    Kind.ANNEX: "zalacznik",
}


def _addresses(kind: str, place: str) -> list[URLPattern]:
    number = f"{place}/<str:number>/"
    options = {"kind": kind}
    return [
        path(f"{place}/", views.page, options, name=kind),
        path(number, views.page, options, name=f"{kind}-version"),
        path(f"{number}pdf/", views.pdf, options, name=f"{kind}-pdf"),
        path(
            f"{number}zmiany/<str:since>/", views.differences, options, name=f"{kind}-differences"
        ),
    ]


urlpatterns = [address for kind, place in _PLACES.items() for address in _addresses(kind, place)]
