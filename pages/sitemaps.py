"""What programs that visit by themselves are told: which pages there are, and which are none of
their business.
"""

from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from procedures.sitemaps import CardSitemap
from regulations.archive import archive_entries
from regulations.models import Kind
from web.addresses import absolute_url

from .models import News, Question

_PAGES = (
    "home",
    "reports:new",
    "reports:status-search",
    "maps:map",
    "procedures:search",
    "pages:near",
    "pages:news",
    "pages:questions",
    "pages:contact",
    "catalogue:annex",
    "districts:editions",
    "api:docs",
)
# Pages of people and of staff, what is secret, and what is data for programs.
_NOT_TO_READ = (
    "/admin/",
    "/api/v1/",
    "/konto/",
    "/kontakt/wypis/",
    "/ogc/",
    "/mapa/koniec/",
    "/mapa/obserwowane/",
    "/panel/",
    "/skrzynka/",
    "/zgloszenia/*/moje/",
    "/zgloszenia/*/wypis/",
)


class PageSitemap(Sitemap):
    def items(self) -> list[str]:
        texts = [f"regulations:{kind}" for kind in Kind if kind != Kind.ANNEX]
        return [*_PAGES, *texts]

    def location(self, item: str) -> str:
        return reverse(item)


class VersionSitemap(Sitemap):
    """Every published version of every text."""

    def items(self) -> list:
        return [entry for kind in Kind for entry in archive_entries(kind)]

    def location(self, item) -> str:
        return item.url

    def lastmod(self, item) -> datetime:
        return item.version.published_at


class NewsSitemap(Sitemap):
    def items(self):
        return News.objects.shown().order_by("-published_at")

    def lastmod(self, item: News) -> datetime:
        return item.updated_at


class QuestionSitemap(Sitemap):
    def items(self):
        return Question.objects.shown()

    def lastmod(self, item: Question) -> datetime:
        return item.updated_at


SITEMAPS = {
    "pages": PageSitemap,
    "versions": VersionSitemap,
    "news": NewsSitemap,
    "questions": QuestionSitemap,
    "cards": CardSitemap,
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_TO_READ)]
    lines += ["", f"Sitemap: {absolute_url('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("img/favicon.ico"))
