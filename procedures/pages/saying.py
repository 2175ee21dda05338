"""Was this helpful? An answer, and a sentence for whoever wants to add one."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from procedures.feedback import keep_feedback
from procedures.models import Feedback, Procedure
from procedures.public import WithdrawnCard, find_card
from web.errors import PortalError

from .card import context_of


class OtherSite(PortalError):
    code = "other_site"
    status = 403
    detail = _("Ten formularz można wysłać tylko ze strony karty.")


class FeedbackForm(forms.Form):
    helpful = forms.ChoiceField(
        choices=[("tak", _("Tak")), ("nie", _("Nie"))],
        error_messages={"required": _("Wybierz: tak albo nie.")},
    )
    sentence = forms.CharField(
        max_length=Feedback.LONGEST,
        required=False,
        error_messages={"max_length": _("Skróć to do %(limit_value)d znaków.")},
    )
    # Machines fill in everything.
    website = forms.CharField(required=False)


# No CSRF token, because that would need a cookie: nothing but a number of answers changes, and an
# answer from another site is refused.
@csrf_exempt
@require_POST
def save(request: HttpRequest, number: str) -> HttpResponse:
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise OtherSite
    card = find_card(number)
    if isinstance(card, Procedure):
        raise WithdrawnCard(card)
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        context = context_of(card, request) | {"feedback": form}
        return render(request, "procedures/card.html", context, status=400)
    values = form.cleaned_data
    if not values["website"]:
        is_helpful = values["helpful"] == "tak"
        keep_feedback(card, is_helpful=is_helpful, sentence=values["sentence"])
    return redirect(f"{card.url}?opinia=zapisana#opinia")
