"""What follows from approved editions, which never change, is kept for a day by each process."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.core.cache import caches

from districts.models import Edition

_T = TypeVar("_T")
_KEPT_SECONDS = 24 * 3600


def keep(name: str, editions: Sequence[Edition], make: Callable[[], _T]) -> _T:
    """What ``make`` gives; for approved editions, what it gave today under ``name``. A day, because
    the gazetteer may change what is said of streets and addresses.
    """
    if not all(row.approved_at for row in editions):
        return make()
    # The instant, too: the database of another test has the same keys.
    which = ".".join(f"{row.pk}-{row.approved_at:%Y%m%d%H%M%S%f}" for row in editions)
    key, cache = f"districts.{name}.{which}", caches["process"]
    kept = cache.get(key)
    if kept is None:
        kept = make()
        cache.set(key, kept, _KEPT_SECONDS)
    return kept
