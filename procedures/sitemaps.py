"""The cards for search engines."""

from django.contrib.sitemaps import Sitemap
from django.db.models import QuerySet
from django.urls import reverse

from .models import ProcedureVersion


class CardSitemap(Sitemap):
    """The current cards, each with the day since when it reads so."""

    changefreq = "weekly"

    def items(self) -> QuerySet[ProcedureVersion]:
        rows = ProcedureVersion.objects.current().select_related("procedure")
        return rows.order_by("procedure__number")

    def location(self, item: ProcedureVersion) -> str:
        return reverse("procedures:card", args=[item.procedure.number])

    def lastmod(self, item: ProcedureVersion):
        return item.published_at
