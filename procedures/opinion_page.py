"""The page of a secret link: a lawyer reads a card, and a press approves it or sends it back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by
from web.markdown import render_markdown

from .contents import read_contents, templates_of
from .editing.review_links import answer_review_link, find_review_link
from .illustrations import shown_pictures
from .models import Picture, ReviewLink
from .serving import picture_response, template_response
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
    return _show(request, key, _find(key), form, notice=SEND_AGAIN, status=EXPIRED)


@shown_again_by(_show_again)
@require_http_methods(["GET", "HEAD", "POST"])
def opinion(request: HttpRequest, key: str) -> HttpResponse:
    """Reading does nothing, because scanners of mail open every link; a press answers, once."""
    link = _find(key)
    if request.method != "POST":
        return _show(request, key, link, _OpinionForm())
    form = _OpinionForm(request.POST)
    answer = request.POST.get("answer")
    if not form.is_valid() or answer not in ("approve", "send-back"):
        return _show(request, key, link, form, status=400)
    try:
        answer_review_link(link, is_approval=answer == "approve", note=form.cleaned_data["note"])
    except PortalError as refusal:
        form.add_error(refusal.field or None, str(refusal.detail))
        return _show(request, key, _find(key), form, status=refusal.status)
    return _show(request, key, _find(key), form)


@require_safe
def opinion_file(request: HttpRequest, key: str, pk: int, name: str) -> FileResponse:
    """A template of the version that the link is about, as long as the link is open."""
    documents = _find_open(key).version.documents.filter(template__pk=pk, template__name=name)
    return template_response(_the(documents, "template"), is_public=False)


@require_safe
def opinion_picture(request: HttpRequest, key: str, pk: int) -> FileResponse:
    """A picture of that version."""
    illustrations = _find_open(key).version.illustrations.filter(picture__pk=pk)
    return picture_response(_the(illustrations, "picture"), is_public=False)


def _the(rows: QuerySet, name: str) -> Any:
    row = rows.select_related(name).first()
    if row is None:
        raise Http404
    return getattr(row, name)


def _find_open(key: str) -> ReviewLink:
    link = _find(key)
    if not link.is_open:
        raise Http404
    return link


def _find(key: str) -> ReviewLink:
    try:
        return find_review_link(key)
    except ReviewLink.DoesNotExist as missing:
        raise Http404 from missing


def _show(
    request: HttpRequest,
    key: str,
    link: ReviewLink,
    form: _OpinionForm,
    *,
    notice: object = "",
    status: int = 200,
) -> HttpResponse:
    """A link that is closed shows no text any more: it may be another one by now."""
    context = {"link": link, "form": form, "notice": notice}
    if link.is_open:
        contents = read_contents(link.version)

        def picture_url(picture: Picture) -> str:
            return reverse("opinion-picture", args=[key, picture.pk])

        shown = shown_pictures(contents.illustrations, picture_url)
        context["text"] = render_markdown(text_of(contents), shown)
        context["files"] = [
            (file, reverse("opinion-file", args=[key, file.pk, file.name]))
            for file in templates_of(contents)
        ]
    elif status == 200 and link.answered_at is None:
        status = 410
    response = render(request, "procedures/opinion.html", context, status=status)
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
