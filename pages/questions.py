"""Questions with their answers: all on one page by group, and each on a page of its own."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from web.markdown import render_markdown

from .models import Question


@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    shown = Question.objects.shown().select_related("group")
    groups = [
        (group, [(question, render_markdown(question.body)) for question in rows])
        for group, rows in groupby(shown, key=lambda question: question.group)
    ]
    return render(request, "pages/questions.html", {"groups": groups})


@require_safe
def question(request: HttpRequest, code: str) -> HttpResponse:
    """One question; the page of an expired one says so."""
    found = get_object_or_404(Question.objects.published().select_related("group"), code=code)
    others = Question.objects.shown().filter(group=found.group).exclude(pk=found.pk)
    context = {"entry": found, "html": render_markdown(found.body), "others": others}
    return render(request, "pages/question.html", context)
