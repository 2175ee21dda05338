"""The page of a secret link: a lawyer reads a card, and a press approves it or sends it back."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by
from web.markdown import render_markdown

from .contents import read_contents
from .editing.review_links import answer_review_link, find_review_link
from .models import ReviewLink
from .text import text_of


class _OpinionForm(forms.Form):
    note = forms.CharField(
        label=_("Uwagi"),
        help_text=_("Potrzebne tylko wtedy, gdy karta ma wrócić do poprawy."),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _show_again(request: HttpRequest, key: str) -> HttpResponse:
    form = _OpinionForm(initial={"note": request.POST.get("note", "")})
    return _show(request, _find(key), form, notice=SEND_AGAIN, status=EXPIRED)


@shown_again_by(_show_again)
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """Reading does nothing, because scanners of mail open every link; a press answers, once."""
    link = _find(key)
    if request.method != "POST":
        return _show(request, link, _OpinionForm())
    form = _OpinionForm(request.POST)
    answer = request.POST.get("answer")
    if not form.is_valid() or answer not in ("approve", "send-back"):
        return _show(request, link, form, status=400)
    try:
        answer_review_link(link, is_approval=answer == "approve", note=form.cleaned_data["note"])
    except PortalError as refusal:
        form.add_error(refusal.field or None, str(refusal.detail))
        return _show(request, _find(key), form, status=refusal.status)
    return _show(request, _find(key), form)


def _find(key: str) -> ReviewLink:
    try:
        return find_review_link(key)
    except ReviewLink.DoesNotExist as missing:
        raise Http404 from missing


def _show(
    request: HttpRequest,
    link: ReviewLink,
    form: _OpinionForm,
    *,
    notice: object = "",
    status: int = 200,
) -> HttpResponse:
    """A link that is closed shows no text any more: it may be another one by now."""
    context = {"link": link, "form": form, "notice": notice}
    if link.is_open:
        context["text"] = render_markdown(text_of(read_contents(link.version)))
    elif status == 200 and link.answered_at is None:
        status = 410
    response = render(request, "procedures/opinion.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
