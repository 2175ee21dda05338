"""The pages on which operators and leaders keep templates of answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from reports.handling.answer_templates import delete_template, save_template
from reports.models import AnswerTemplate

from .forms import AnswerTemplateForm


@require_safe
@staff_required(leader_or_operator=True)
def answer_templates(request: PersonRequest) -> HttpResponse:
    rows = AnswerTemplate.objects.editable_by(request.user)
    context = {"rows": rows.select_related("unit", "category", "group")}
    return render(request, "panel/answers/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(leader_or_operator=True)
def new_answer_template(request: PersonRequest) -> HttpResponse:
    return _edit(request, AnswerTemplate())


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(leader_or_operator=True)
def answer_template(request: PersonRequest, pk: int) -> HttpResponse:
    return _edit(request, _find(request, pk))


@require_POST
@staff_required(leader_or_operator=True)
def delete_answer_template(request: PersonRequest, pk: int) -> HttpResponse:
    delete_template(_find(request, pk), by=request.user)
    messages.success(request, _("Usunięte."))
    return redirect("panel:answer-templates")


def _find(request: PersonRequest, pk: int) -> AnswerTemplate:
    return get_object_or_404(AnswerTemplate.objects.editable_by(request.user), pk=pk)


def _edit(request: PersonRequest, template: AnswerTemplate) -> HttpResponse:
    form = AnswerTemplateForm(request.POST or None, instance=template, by=request.user)
    if request.method == "POST" and form.is_valid():
        save_template(form.instance, by=request.user)
        messages.success(request, _("Zapisano."))
        return redirect("panel:answer-templates")
    context = {"form": form, "template": template}
    status = 400 if form.errors else 200
    return render(request, "panel/answers/edit.html", context, status=status)
