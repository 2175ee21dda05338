"""Public pages of news, and their feed."""

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from web.markdown import render_markdown

from .models import News

_PAGE = 10
_IN_FEED = 20


@require_safe
def news(request: HttpRequest) -> HttpResponse:
    page = Paginator(News.objects.shown(), _PAGE).get_page(request.GET.get("strona"))
    return render(request, "pages/news.html", {"page": page})


@require_safe
def news_entry(request: HttpRequest, code: str) -> HttpResponse:
    """One text; that of an expired one says so."""
    entry = get_object_or_404(News.objects.published(), code=code)
    context = {"entry": entry, "html": render_markdown(entry.body)}
    return render(request, "pages/news_entry.html", context)


class NewsFeed(Feed):
    """The latest news as Atom, in the reader's language where they are translated."""

    feed_type = Atom1Feed

    def title(self) -> str:
        return _("Aktualności – Łódzkie Centrum Kontaktu z Mieszkańcami")

    def subtitle(self) -> str:
        return _("Co nowego w portalu i w urzędzie.")

    def link(self) -> str:
        return reverse("pages:news")

    def feed_url(self) -> str:
        return reverse("pages:news-feed")

    def items(self):
        return News.objects.shown().order_by("-published_at", "-pk")[:_IN_FEED]

    def item_title(self, item: News) -> str:
        return item.title

    def item_description(self, item: News) -> str:
        return item.lead

    def item_pubdate(self, item: News):
        return item.published_at

    def item_updateddate(self, item: News):
        return max(item.updated_at, item.published_at or item.updated_at)
