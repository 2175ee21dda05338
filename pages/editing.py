"""What editors do with news, questions and their groups."""

from typing import TypeVar

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import record
from accounts.models import AuditWord, User
from web.errors import PortalError

from .models import Entry

_E = TypeVar("_E", bound=Entry)


class EntryWord(AuditWord):
    ADDED = "entry_added"
    CHANGED = "entry_changed"


class StaleEntry(PortalError):
    """``stored``: the text as somebody else saved it meanwhile."""

    code = "stale_entry"
    status = 409
    detail = _(
        "Ktoś inny zapisał ten tekst, gdy był otwarty u Ciebie. Niczego nie nadpisaliśmy: niżej"
        " jest zapisana wersja, a w formularzu Twoja. Połącz je i zapisz."
    )

    def __init__(self, stored: Entry) -> None:
        super().__init__()
        self.stored = stored


@transaction.atomic
def save_entry(entry: _E, *, by: User, seen_version: int, publish: bool = False) -> _E:
    """Save ``entry`` as its editor ``by`` wrote it, who saw ``seen_version`` (0 for a new one).
    ``publish``: from now on, unless it is out already. Raises ``StaleEntry``.
    """
    is_new = entry.pk is None
    if not is_new:
        stored = type(entry)._default_manager.select_for_update().get(pk=entry.pk)
        if stored.version != seen_version:
            raise StaleEntry(stored)
    if publish and entry.state in (Entry.State.DRAFT, Entry.State.SCHEDULED):
        entry.published_at = timezone.now()
    entry.version = seen_version + 1
    entry.updated_by = by
    entry.save()
    word = EntryWord.ADDED if is_new else EntryWord.CHANGED
    record(actor=by, action=word, target=entry, version=entry.version)
    return entry
