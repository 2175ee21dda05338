"""Selections that somebody keeps under a name."""

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditWord
from units.models import Unit
from web.errors import PortalError

from .models import SavedView
from .rooms import Desk, Room
from .selection import Selection, WrongList, read_selection

# Each room shows all of its views above the list.
MOST_VIEWS = 20


class ViewWord(AuditWord):
    """Only what a whole unit sees leaves a trace."""

    SAVED = "view_saved"
    RENAMED = "view_renamed"
    DELETED = "view_deleted"


class NameTaken(PortalError):
    code = "name_taken"
    status = 409
    field = "name"
    detail = _("Jest już widok o tej nazwie. Podaj inną.")


class TooManyViews(PortalError):
    code = "too_many_views"
    status = 409
    field = "name"
    detail = _("Możesz mieć 20 widoków. Usuń któryś z nich.")


def views_of(desk: Desk) -> QuerySet[SavedView]:
    """Own views and those of the units, of this room."""
    shared = Q(unit__in=[unit.pk for unit in desk.units])
    if desk.room is Room.OPERATOR:
        shared = Q(unit__is_operator=True)
    return SavedView.objects.filter(Q(owner=desk.user) | shared, room=desk.room.value)


@transaction.atomic
def save_view(desk: Desk, selection: Selection, *, name: str, is_shared: bool) -> SavedView:
    """Keep ``selection`` for ``desk.user``, or for the first of the desk's units. Raises
    ``NameTaken`` and ``TooManyViews``.
    """
    unit = _unit_of(desk) if is_shared else None
    mine = {"unit": unit} if unit else {"owner": desk.user}
    if SavedView.objects.filter(room=desk.room.value, **mine).count() >= MOST_VIEWS:
        raise TooManyViews
    view = SavedView(room=desk.room.value, name=name, query=selection.as_query(), **mine)
    _write(view)
    _note(desk, ViewWord.SAVED, view, name=name)
    return view


@transaction.atomic
def rename_view(desk: Desk, view: SavedView, *, name: str) -> None:
    """Raises ``NameTaken``."""
    was, view.name = view.name, name
    _write(view)
    _note(desk, ViewWord.RENAMED, view, was=was, name=name)


@transaction.atomic
def delete_view(desk: Desk, view: SavedView) -> None:
    _note(desk, ViewWord.DELETED, view, name=view.name)
    view.delete()


def selection_of(view: SavedView) -> Selection | None:
    """None where the view names what there is no more."""
    try:
        return read_selection(QueryDict(view.query), Room(view.room).scopes)
    except WrongList:
        return None


def _unit_of(desk: Desk) -> Unit:
    return Unit.objects.get(is_operator=True) if desk.room is Room.OPERATOR else desk.units[0]


def _write(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as taken:
        raise NameTaken from taken


def _note(desk: Desk, word: ViewWord, view: SavedView, **details: object) -> None:
    if view.is_shared:
        record(actor=desk.user, action=word, target=view, **details)
