"""Categories that do not lead to a report: emergencies, formal matters, matters of others."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalogue.models import Category, Kind
from web.errors import PortalError

from .models import ProcedureVersion
from .public import cards_of_categories


class NotForReports(PortalError):
    """The category does not lead to a report. Its cards say how the matter is settled, or else its
    advice where to go instead; ``cards`` of the JSON answer are their numbers, titles and
    addresses.
    """

    code = "not_for_reports"
    status = 422
    field = "category"
    detail = gettext_lazy("Tej sprawy nie da się zgłosić tutaj.")

    def __init__(self, category: Category, cards: list[ProcedureVersion]) -> None:
        detail = category.advice or None
        if cards and category.kind == Kind.FORMAL:
            titles = ", ".join(f"„{card.title}”" for card in cards)
            detail = _("To sprawa urzędowa. Przeczytaj, jak ją załatwić: %(cards)s.") % {
                "cards": titles
            }
        super().__init__(detail, cards=[_named(card) for card in cards])


def _named(card: ProcedureVersion) -> dict[str, str]:
    number = card.procedure.number
    address = settings.SITE_URL + reverse("procedures:card", args=[number])
    return {"number": number, "title": card.title, "url": address}


def check_is_report(category: Category) -> None:
    """Raises ``NotForReports`` for a category that leads elsewhere."""
    if category.kind != Kind.REPORT:
        raise NotForReports(category, cards_of_categories([category]).get(category.pk, []))
