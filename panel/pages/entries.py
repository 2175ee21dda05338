"""The editors' lists of news and of questions, and the page on which one text is written."""

from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import PersonRequest, staff_required
from pages.editing import StaleEntry, save_entry
from pages.models import Entry, News, Question, QuestionGroup
from web.markdown import render_markdown

from .forms import EntryForm, GroupForm, NewsForm, QuestionForm

_PAGE = 30


@dataclass(frozen=True, slots=True)
class _Kind:
    """One kind of text, by the word in its address."""

    model: type[models.Model]
    form: type[EntryForm]
    title: object
    new: object


_KINDS = {
    "aktualnosci": _Kind(
        News, NewsForm, gettext_lazy("Aktualności"), gettext_lazy("Nowa aktualność")
    ),
    "pytania": _Kind(
        Question, QuestionForm, gettext_lazy("Pytania i odpowiedzi"), gettext_lazy("Nowe pytanie")
    ),
}


@require_safe
@staff_required(editor=True)
def entries(request: PersonRequest, kind: str) -> HttpResponse:
    """All texts of a kind, drafts too."""
    found = _KINDS[kind]
    rows = found.model._default_manager.select_related("updated_by")
    if found.model is Question:
        rows = rows.select_related("group")
    page = Paginator(rows, _PAGE).get_page(request.GET.get("strona"))
    context = {"kind": kind, "title": found.title, "new": found.new, "page": page}
    if found.model is Question:
        context["groups"] = QuestionGroup.objects.all()
    return render(request, "panel/pages/entries.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(editor=True)
def entry(request: PersonRequest, kind: str, pk: int | None = None) -> HttpResponse:
    """Write a text: ``preview`` shows it as people would see it, ``publish`` saves it and puts it
    out, anything else saves it.
    """
    found = _KINDS[kind]
    row = get_object_or_404(found.model, pk=pk) if pk else found.model()
    if request.method != "POST":
        return _show(request, kind, found.form(instance=row))
    form = found.form(request.POST, instance=row)
    if not form.is_valid():
        return _show(request, kind, form, status=400)
    if "preview" in request.POST:
        return _show(request, kind, form, preview=True)
    try:
        saved = save_entry(
            form.instance,
            by=request.user,
            seen_version=form.cleaned_data["seen_version"],
            publish="publish" in request.POST,
        )
    except StaleEntry as refusal:
        form.take_version(refusal.stored.version)
        form.add_error(None, str(refusal.detail))
        return _show(request, kind, form, stored=refusal.stored, status=refusal.status)
    messages.success(request, _saved(saved))
    return redirect("panel:entry", kind, saved.pk)


def _saved(entry: Entry) -> str:
    if entry.state == Entry.State.PUBLISHED:
        return _("Zapisano. Tekst jest opublikowany.")
    return _("Zapisano.")


def _show(
    request: PersonRequest,
    kind: str,
    form: EntryForm,
    *,
    preview: bool = False,
    stored: Entry | None = None,
    status: int = 200,
) -> HttpResponse:
    found = _KINDS[kind]
    context: dict[str, object] = {
        "kind": kind,
        "kind_title": found.title,
        "title": form.instance.title_pl if form.instance.pk else found.new,
        "entry": form.instance,
        "form": form,
        "stored": form.texts_of(stored) if stored else [],
        "stored_by": stored.updated_by if stored else None,
    }
    if preview:
        context["preview"] = [
            (language, values, render_markdown(values["body"]))
            for language, values in form.texts_by_language()
        ]
    return render(request, "panel/pages/entry.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(editor=True)
def group(request: PersonRequest, pk: int | None = None) -> HttpResponse:
    """A group of questions: its name in each language, and its place on the page."""
    row = get_object_or_404(QuestionGroup, pk=pk) if pk else QuestionGroup()
    form = GroupForm(request.POST or None, instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Zapisano."))
        return redirect("panel:entries", "pytania")
    status = 400 if form.errors else 200
    return render(request, "panel/pages/group.html", {"form": form, "group": row}, status=status)
