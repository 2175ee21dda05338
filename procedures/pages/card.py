"""The page of a card, and the same as PDF and as linked data."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from procedures.desks import find_desk
from procedures.linked_data import describe
from procedures.models import Procedure
from procedures.numbers import read_number
from procedures.printing import pdf_of
from procedures.public import (
    PublicCard,
    UnknownCard,
    WithdrawnCard,
    current_version,
    find_card,
    title_of,
)
from web.markdown import render_markdown

# The address of a withdrawn card says that it is gone for good, so that search engines drop it;
# people read where to go instead.
_GONE = 410
_LONGEST_ADDRESS = 200


@require_safe
def show(request: HttpRequest, number: str) -> HttpResponse:
    try:
        card = find_card(number)
    except UnknownCard:
        return _show_unknown(request, number)
    if isinstance(card, Procedure):
        return _show_withdrawn(request, card)
    return render(request, "procedures/card.html", context_of(card, request))


def context_of(card: PublicCard, request: HttpRequest | None = None) -> dict[str, object]:
    """What the page of ``card`` shows; with the desk for the address in the query."""
    version = card.version
    texts = ("summary", "handling", "place", "exemptions", "appeal")
    address = request.GET.get("adres", "").strip()[:_LONGEST_ADDRESS] if request else ""
    return {
        "card": card,
        "version": version,
        "facts": card.facts,
        "html": {name: render_markdown(getattr(version, name), card.pictures) for name in texts},
        "steps": [render_markdown(step, card.pictures) for step in card.steps],
        "address": address,
        "desk": find_desk(version, address) if address else None,
        "said": request.GET.get("opinia") == "zapisana" if request else False,
        "generated_at": timezone.now(),
    }


def _show_withdrawn(request: HttpRequest, procedure: Procedure) -> HttpResponse:
    other = procedure.replaced_by
    context = {
        "procedure": procedure,
        "title": title_of(procedure),
        "replacement": current_version(other) if other else None,
    }
    return render(request, "procedures/withdrawn.html", context, status=_GONE)


def _show_unknown(request: HttpRequest, typed: str) -> HttpResponse:
    return render(request, "procedures/unknown.html", {"typed": typed[:40]}, status=404)


@require_safe
def show_other_spelling(request: HttpRequest, spelled: str) -> HttpResponse:
    """Redirects to the card that is meant; 404 with help where no number is."""
    number = read_number(spelled)
    if number and Procedure.objects.known().filter(number=number).exists():
        return redirect("procedures:card", number, permanent=True)
    return _show_unknown(request, spelled)


@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The card on paper, tagged (PDF/UA), with the date on which it was generated."""
    response = HttpResponse(pdf_of(_published(number)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{number}.pdf"'
    return response


@require_safe
def data(request: HttpRequest, number: str) -> HttpResponse:
    """The card for programs: schema.org ``GovernmentService`` and CPSV-AP 3.2 as JSON-LD."""
    return JsonResponse(describe(_published(number)), content_type="application/ld+json")


def _published(number: str) -> PublicCard:
    card = find_card(number)
    if isinstance(card, Procedure):
        raise WithdrawnCard(card)
    return card
