"""The pages of a bulk act: what is to be done, its preview, and how far it has come."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import PersonRequest, staff_required
from panel.act import Act
from panel.queue.exporting import select_keys
from panel.queue.rooms import Desk, Room, desk_of
from panel.queue.selection import read_selection
from panel.report.forms import ActForm
from web.errors import PortalError
from web.expired import EXPIRED, SEND_AGAIN, shown_again_by

from .acting import MOST_REPORTS, NothingChosen, TooManyChosen, bulk_acts_for, confirm, prepare
from .acting import undo as undo_act
from .models import BulkAct, BulkItem
from .previewing import act_of, preview_of, values_in_words
from .steps import step_of

# Fields that each report has for itself, and those of an answer that nobody means for many: a file,
# a price. Merging is an act of its own.
_OF_ONE = {"version", "loaded"}
_LEFT_OUT = {"template", "photo", "cause", "cost", "duplicate_of"}
# More of what could not be done are counted, not named.
_MOST_NAMED = 200
_MOST_LISTED = 50


class UnknownAct(PortalError):
    code = "unknown_act"
    detail = _("Wybierz, co zrobić z zaznaczonymi zgłoszeniami.")


def choose_page(room: Room):
    """The form of the act ``czynnosc`` for the reports ``r`` (numbers), or for all that the address
    selects (``ile=wszystkie``). A POST prepares it.
    """

    @room.require
    def show_again(request: PersonRequest) -> HttpResponse:
        desk, act, keys, form = read(request)
        form.add_error(None, SEND_AGAIN)
        return show(request, desk, act, len(keys), form, status=EXPIRED)

    @shown_again_by(show_again)
    @require_http_methods(["GET", "HEAD", "POST"])
    @room.require
    def view(request: PersonRequest) -> HttpResponse:
        desk, act, keys, form = read(request)
        if form.is_bound and form.is_valid():
            try:
                step = step_of(act, form)
                if step:
                    step.check(by=desk.user)
                query = read_selection(request.GET, room.scopes).as_query()
                bulk = prepare(desk, act, keys, values=_values(form), query=query)
            except PortalError as refusal:
                if refusal.field not in form.fields:
                    raise
                form.add_error(refusal.field, str(refusal.detail))
            else:
                return redirect("panel:bulk", bulk.pk)
        return show(request, desk, act, len(keys), form, status=400 if form.is_bound else 200)

    def read(request: PersonRequest) -> tuple[Desk, Act, list[int], ActForm]:
        desk = desk_of(request.user, room)
        acts = {act.name: act for act in bulk_acts_for(request.user)}
        act = acts.get(request.GET.get("czynnosc", ""))
        if act is None:
            raise UnknownAct
        keys = _keys(request, desk)
        rows = desk.reports.filter(pk__in=keys).select_related("category", "unit").order_by("pk")
        # A form says what becomes of a report, so it is that of one of which this is not true yet.
        report = next((one for one in rows.iterator() if not act.is_done(one)), None)
        if report is None:
            raise NothingChosen(gettext("Wszystkie zaznaczone zgłoszenia już takie są."))
        sent: tuple[QueryDict, ...] = ()
        if request.method == "POST":
            data = request.POST.copy()
            data[f"{act.prefix}-version"] = str(report.version)
            sent = (data,)
        form = act.form_for(report, None, *sent)
        form.offer_from(set(rows.order_by().values_list("status", flat=True)))
        if act.name == "change-status":
            for name in _LEFT_OUT & set(form.fields):
                del form.fields[name]
        return desk, act, keys, form

    def show(
        request: PersonRequest, desk: Desk, act: Act, number: int, form: ActForm, *, status: int
    ) -> HttpResponse:
        context = {
            "desk": desk,
            "room": room,
            "title": _title(act),
            "number": number,
            "form": form,
            "shown_fields": [one for one in form if one.name not in _OF_ONE],
        }
        return render(request, "panel/bulk/choose.html", context, status=status)

    return view


def _keys(request: PersonRequest, desk: Desk) -> list[int]:
    """The keys of what is chosen. Raises ``NothingChosen`` and ``TooManyChosen``."""
    if request.GET.get("ile") == "wszystkie":
        keys = select_keys(desk, read_selection(request.GET, desk.room.scopes)).tolist()
    else:
        numbers = request.GET.getlist("r")[:MOST_REPORTS]
        keys = list(desk.reports.filter(reference__in=numbers).values_list("pk", flat=True))
    if not keys:
        raise NothingChosen
    if len(keys) > MOST_REPORTS:
        raise TooManyChosen
    return keys


def _values(form: ActForm) -> dict[str, str]:
    """What was sent, as it was sent: each report reads it by a form of its own."""
    sent = {name: form.data.get(form.add_prefix(name)) for name in form.fields}
    return {
        name: value for name, value in sent.items() if value is not None and name not in _OF_ONE
    }


def _title(act: Act) -> str:
    return str(act.button.title or act.button.label)


@require_safe
@staff_required
def list_page(request: PersonRequest) -> HttpResponse:
    """Own bulk acts, the newest first."""
    rows = BulkAct.objects.filter(by=request.user).order_by("-pk")[:_MOST_LISTED]
    context = {"rows": [(bulk, _title(act_of(bulk))) for bulk in rows]}
    return render(request, "panel/bulk/list.html", context)


@require_safe
@staff_required
def show(request: PersonRequest, pk: int) -> HttpResponse:
    return _show(request, _find(request, pk))


@require_POST
@staff_required
def confirm_page(request: PersonRequest, pk: int) -> HttpResponse:
    bulk = _find(request, pk)
    confirm(bulk)
    return redirect("panel:bulk", bulk.pk)


@require_POST
@staff_required
def undo_page(request: PersonRequest, pk: int) -> HttpResponse:
    bulk = _find(request, pk)
    undo_act(bulk)
    return redirect("panel:bulk", bulk.pk)


def _find(request: PersonRequest, pk: int) -> BulkAct:
    """Only one's own."""
    return get_object_or_404(BulkAct, pk=pk, by=request.user)


def _show(request: PersonRequest, bulk: BulkAct) -> HttpResponse:
    refused = bulk.items.filter(state=BulkItem.State.REFUSED)
    states = list(bulk.items.values_list("state", flat=True))
    act, room = act_of(bulk), Room(bulk.room)
    # Who changed hands may not be seen any more; the reason says so, and the number is their own.
    named = refused.select_related("report").order_by("pk")[:_MOST_NAMED]
    context = {
        "bulk": bulk,
        "title": _title(act),
        "list_url": f"{room.url}?{bulk.query}",
        "values": values_in_words(bulk),
        "preview": preview_of(bulk) if bulk.state == BulkAct.State.PREPARED else None,
        "number": len(states),
        "done": states.count(BulkItem.State.DONE),
        "refused_number": states.count(BulkItem.State.REFUSED),
        "refused": named,
    }
    return render(request, "panel/bulk/act.html", context)
