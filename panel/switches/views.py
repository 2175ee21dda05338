"""Pages of the administrator: all switches and breaks, one switch, a new break, one break."""

from datetime import datetime

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from web.errors import PortalError
from web.models import Break, Function, SwitchChange

from . import acts
from .effects import EFFECTS
from .forms import BreakEndForm, BreakForm, SwitchOffForm

_EARLIER = 20


@require_safe
@staff_required(administrator=True)
def switches(request: PersonRequest) -> HttpResponse:
    """Every function: whether it works, since when and by whom it does not, and all breaks."""
    latest = SwitchChange.objects.order_by("function", "-pk").distinct("function")
    by_function = {change.function: change for change in latest.select_related("by")}
    now = timezone.now()
    breaks = Break.objects.select_related("by")
    context = {
        "functions": [
            {
                "code": function.value,
                "name": function.label,
                "effect": EFFECTS[function],
                "change": by_function.get(function.value),
            }
            for function in Function
        ],
        "changes": SwitchChange.objects.select_related("by").order_by("-pk")[:_EARLIER],
        "coming": breaks.filter(cancelled_at=None, ends_at__gt=now),
        "past": breaks.exclude(cancelled_at=None, ends_at__gt=now).order_by("-starts_at")[
            :_EARLIER
        ],
        "now": now,
    }
    return render(request, "panel/switches/switches.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(administrator=True)
def switch(request: PersonRequest, function: str) -> HttpResponse:
    """GET says what a press would do, and asks; POST switches off, or on where that was pressed."""
    if function not in Function.values:
        raise Http404
    chosen = Function(function)
    last = SwitchChange.objects.filter(function=chosen).last()
    is_off = last is not None and not last.is_on
    if request.method == "POST" and "on" in request.POST:
        acts.switch_on(chosen, by=request.user)
        messages.success(request, _("Włączone: %(name)s.") % {"name": chosen.label})
        return redirect("panel:switches")
    # What was said last time is offered again.
    kept = {name: getattr(last, name) for name in SwitchOffForm.base_fields} if is_off else None
    form = SwitchOffForm(request.POST if request.method == "POST" else None, initial=kept)
    if form.is_valid():
        try:
            expected_at = form.cleaned_data["expected_at"]
            acts.switch_off(
                chosen, by=request.user, sentences=form.sentences(), expected_at=expected_at
            )
        except PortalError as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("Wyłączone: %(name)s.") % {"name": chosen.label})
            return redirect("panel:switches")
    context = {
        "form": form,
        "function": chosen,
        "name": chosen.label,
        "effect": EFFECTS[chosen],
        "change": last if is_off else None,
    }
    status = 400 if form.errors else 200
    return render(request, "panel/switches/switch.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(administrator=True)
def new_break(request: PersonRequest) -> HttpResponse:
    form = BreakForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        times = {name: form.cleaned_data[name] for name in ("starts_at", "ends_at")}
        try:
            acts.announce_break(by=request.user, sentences=form.sentences(), **times)
        except PortalError as refusal:
            _add_refusal(form, refusal)
        else:
            messages.success(request, _("Przerwa jest zapowiedziana."))
            return redirect("panel:switches")
    context = {"form": form}
    return render(
        request, "panel/switches/new_break.html", context, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@staff_required(administrator=True)
def one_break(request: PersonRequest, pk: int) -> HttpResponse:
    """Prolong or shorten a break that is not over; its page also offers to end it."""
    planned = get_object_or_404(Break.objects.select_related("by"), pk=pk)
    data = request.POST if request.method == "POST" else None
    form = BreakEndForm(data, initial={"ends_at": planned.ends_at})
    if form.is_valid():
        return _moved(request, planned, form, form.cleaned_data["ends_at"])
    return _break_page(request, planned, form)


def _moved(
    request: PersonRequest, planned: Break, form: BreakEndForm, ends_at: datetime
) -> HttpResponse:
    try:
        acts.move_end(planned, by=request.user, ends_at=ends_at)
    except acts.TimesWrong as refusal:
        _add_refusal(form, refusal)
        return _break_page(request, planned, form)
    messages.success(request, _("Koniec przerwy jest zmieniony."))
    return redirect("panel:switches")


def _break_page(request: PersonRequest, planned: Break, form: BreakEndForm) -> HttpResponse:
    now = timezone.now()
    context = {
        "planned": planned,
        "form": form,
        "is_on": planned.is_on_at(now) and not planned.cancelled_at,
        "is_over": planned.cancelled_at is not None or planned.ends_at <= now,
    }
    status = 400 if form.errors else 200
    return render(request, "panel/switches/break.html", context, status=status)


@require_POST
@staff_required(administrator=True)
def end_break(request: PersonRequest, pk: int) -> HttpResponse:
    acts.end_break(get_object_or_404(Break, pk=pk), by=request.user)
    messages.success(request, _("Przerwa jest odwołana. Portal działa jak zwykle."))
    return redirect("panel:switches")


def _add_refusal(form: forms.Form, refusal: PortalError) -> None:
    for name, texts in refusal.fields.items():
        form.add_error(name if name in form.fields else None, texts)
