"""Files of photos are deleted only after the change to the rows that name them is committed."""

from collections.abc import Iterable

from django.core.files.storage import storages
from django.db import transaction


def delete_later(names: Iterable[str | None]) -> None:
    """Delete the files when the transaction commits; a rollback keeps them."""
    known = [name for name in names if name]

    def delete_files() -> None:
        for name in known:
            storages["photos"].delete(name)

    transaction.on_commit(delete_files)
