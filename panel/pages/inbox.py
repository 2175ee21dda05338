"""The inbox of administrators: what people wrote to them, with states, and answers by e-mail."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from pages.inquiries.answering import answer_inquiry, move_inquiry
from pages.models import Inquiry
from pages.models.inquiry import LONGEST_ANSWER
from web.errors import PortalError

_PAGE = 25
_WAITING = (Inquiry.State.NEW, Inquiry.State.OPEN)


class AnswerForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("Odpowiedź"),
        help_text=gettext_lazy("Wyślemy ją e-mailem razem z treścią wiadomości."),
        max_length=LONGEST_ANSWER,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)


class MoveForm(forms.Form):
    state = forms.ChoiceField(choices=Inquiry.State.choices)
    version = forms.IntegerField(min_value=1, max_value=2**31 - 1)


@require_safe
@staff_required(administrator=True)
def inbox(request: PersonRequest) -> HttpResponse:
    """What waits, or everything; the newest first."""
    everything = request.GET.get("zakres") == "wszystkie"
    rows = Inquiry.objects.all() if everything else Inquiry.objects.filter(state__in=_WAITING)
    page = Paginator(rows, _PAGE).get_page(request.GET.get("strona"))
    context = {"page": page, "everything": everything}
    return render(request, "panel/pages/inbox.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(administrator=True)
def inquiry(request: PersonRequest, pk: int) -> HttpResponse:
    """One message with its answers; a press sends another one."""
    row = get_object_or_404(Inquiry, pk=pk)
    if request.method != "POST":
        return _show(request, row, AnswerForm(initial={"version": row.version}))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _show(request, row, form, status=400)
    values = form.cleaned_data
    try:
        answer_inquiry(row, values["text"], by=request.user, seen_version=values["version"])
    except PortalError as refusal:
        row.refresh_from_db()
        # What was typed stays, and is sent by one more press once the person has seen the change.
        form.data = {"text": values["text"], "version": row.version}
        form.add_error(None, str(refusal.detail))
        return _show(request, row, form, status=refusal.status)
    messages.success(request, _("Odpowiedź jest w drodze."))
    return redirect("panel:inquiry", pk)


@require_POST
@staff_required(administrator=True)
def move(request: PersonRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Inquiry, pk=pk)
    form = MoveForm(request.POST)
    answer = AnswerForm(initial={"version": row.version})
    if not form.is_valid():
        return _show(request, row, answer, status=400)
    values = form.cleaned_data
    try:
        move_inquiry(row, values["state"], by=request.user, seen_version=values["version"])
    except PortalError as refusal:
        messages.error(request, str(refusal.detail))
        return _show(request, row, answer, status=refusal.status)
    return redirect("panel:inquiry", pk)


def _show(
    request: PersonRequest, row: Inquiry, form: AnswerForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "inquiry": row,
        "answers": row.answers.select_related("by"),
        "form": form,
        "states": [choice for choice in Inquiry.State if choice not in (row.state, "answered")],
    }
    return render(request, "panel/pages/inquiry.html", context, status=status)
