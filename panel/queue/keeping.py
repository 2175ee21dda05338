"""The page of the saved views of a room, and what one does to them."""

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import PersonRequest
from web.errors import PortalError

from .models import SavedView
from .rooms import Desk, Room, desk_of
from .saved_views import delete_view, rename_view, save_view, selection_of, views_of
from .selection import read_selection


class NameForm(forms.Form):
    name = forms.CharField(label=_("Nazwa widoku"), max_length=60)


class ViewForm(NameForm):
    query = forms.CharField(max_length=2000, required=False, widget=forms.HiddenInput)
    shared = forms.BooleanField(label=_("Dla całej jednostki"), required=False)


def views_page(room: Room):
    """The list of views; a POST saves the selection ``query`` as one."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @room.require
    def view(request: PersonRequest) -> HttpResponse:
        desk = desk_of(request.user, room)
        if request.method != "POST":
            return _show(request, desk)
        form = ViewForm(request.POST)
        if not form.is_valid():
            return _show(request, desk, form, status=400)
        try:
            selection = read_selection(QueryDict(form.cleaned_data["query"]), room.scopes)
            save_view(
                desk,
                selection,
                name=form.cleaned_data["name"],
                is_shared=form.cleaned_data["shared"],
            )
        except PortalError as refusal:
            form.add_error(
                refusal.field if refusal.field in form.fields else None, str(refusal.detail)
            )
            return _show(request, desk, form, status=refusal.status)
        return redirect(f"{room.url}?{selection.as_query()}")

    return view


def rename_page(room: Room):
    @require_POST
    @room.require
    def view(request: PersonRequest, pk: int) -> HttpResponse:
        desk = desk_of(request.user, room)
        kept = get_object_or_404(views_of(desk), pk=pk)
        form = NameForm(request.POST, prefix=str(pk))
        if not form.is_valid():
            return _show(request, desk, renamed=(pk, form), status=400)
        try:
            rename_view(desk, kept, name=form.cleaned_data["name"])
        except PortalError as refusal:
            form.add_error("name", str(refusal.detail))
            return _show(request, desk, renamed=(pk, form), status=refusal.status)
        return redirect(room.url_of("views"))

    return view


def delete_page(room: Room):
    @require_POST
    @room.require
    def view(request: PersonRequest, pk: int) -> HttpResponse:
        desk = desk_of(request.user, room)
        delete_view(desk, get_object_or_404(views_of(desk), pk=pk))
        return redirect(room.url_of("views"))

    return view


def _show(
    request: PersonRequest,
    desk: Desk,
    form: ViewForm | None = None,
    *,
    renamed: tuple[int, NameForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    def named(view: SavedView) -> NameForm:
        if renamed and renamed[0] == view.pk:
            return renamed[1]
        return NameForm(
            initial={"name": view.name}, prefix=str(view.pk), auto_id=f"id_{view.pk}_%s"
        )

    rows = [
        (view, selection_of(view), named(view)) for view in views_of(desk).select_related("unit")
    ]
    context = {"desk": desk, "room": desk.room, "rows": rows, "form": form}
    return render(request, "panel/queue/views.html", context, status=status)
