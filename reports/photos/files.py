"""Files of photos go only when the rows that name them are gone for sure."""

from collections.abc import Iterable

from django.core.files.storage import storages
from django.db import transaction


def delete_later(names: Iterable[str | None]) -> None:
    """Delete the files when the transaction commits; a rollback keeps them."""
    known = [name for name in names if name]
    transaction.on_commit(lambda: _delete_all(known))


def _delete_all(names: Iterable[str]) -> None:
    for name in names:
        storages["photos"].delete(name)
