"""Claims uploads that are owed with a lease, has a child open them, and records the outcome."""

from collections.abc import Callable
from datetime import datetime

import structlog
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from districts.editions.drafting import shapes_of
from districts.models import EditionUpload
from owed.children import ChildDied
from web.errors import PortalError

from .child import children
from .faults import NotLoaded, Problem, problem
from .loading import Choice, load_division, open_in_child, read_division
from .looking import layers_of

State = EditionUpload.State
# A file that has ended its child or its worker this many times is not tried again.
MOST_ATTEMPTS = 2
# How far it is (percent) once the child has read the file.
_READ = 60

_log = structlog.get_logger(__name__)


def process_due() -> int:
    """Open the files that wait; returns how many were tried. Many calls may run at once."""
    tried = 0
    while upload := claim(timezone.now()):
        process(upload)
        tried += 1
    # Uploads are rare, and the parent of the children would keep GDAL in memory.
    children.end()
    return tried


def claim(now: datetime) -> EditionUpload | None:
    """One owed upload, leased to the caller; None if there is none. The claim is an attempt."""
    due = EditionUpload.objects.owed().unleased(now).order_by("uploaded_at")
    return next(iter(due.claim(now, most=1, counts_attempt=True)), None)


def process(upload: EditionUpload) -> None:
    """Look at ``upload`` or load it. If its child dies, it is tried once more when the lease ends.
    What is wrong with a file that was chosen from sends it back to be chosen from again.
    """
    is_loading = upload.state == State.LOADING
    back = State.CHOOSING if is_loading else State.REFUSED
    try:
        if upload.attempts > MOST_ATTEMPTS:
            raise NotLoaded([problem("given_up")])
        _load(upload) if is_loading else _look(upload)
    except ChildDied as death:
        _log.warning("upload_child_died", upload=str(upload.pk), how=death.how)
        if upload.attempts >= MOST_ATTEMPTS:
            _end(upload, back, problems=[problem("given_up")])
    except NotLoaded as refusal:
        _end(upload, back, problems=_with_count(refusal))
    except PortalError as refusal:
        _end(upload, back, problems=[problem(refusal.code)])
    except FileNotFoundError:
        _end(upload, State.REFUSED, problems=[problem("file_lost")])
    except (OSError, MemoryError) as lack:
        # The machine is at fault, so the attempt does not count.
        _log.warning("upload_put_off", upload=str(upload.pk), fault=type(lack).__name__)
        ours = EditionUpload.objects.owed().still_leased([upload])
        ours.update(attempts=F("attempts") - 1)


def _look(upload: EditionUpload) -> None:
    with upload.file.open("rb") as source:
        opened = open_in_child("look", source, while_waiting=_renew(upload))
    _tell(upload, _READ)
    found = {**opened.found, "layers": layers_of(opened)}
    _end(upload, State.CHOOSING, found=found, notes=opened.found["notes"], problems=[])


def _load(upload: EditionUpload) -> None:
    chosen = dict(upload.chosen)
    revision = chosen.pop("revision")
    choice = Choice(**chosen)
    layers = {layer["name"]: layer for layer in upload.found["layers"]}
    with upload.file.open("rb") as source:
        division = read_division(
            source,
            choice,
            known=shapes_of(upload.edition),
            crs=layers[choice.layer]["crs"],
            while_waiting=_renew(upload),
        )
    _tell(upload, _READ)
    # The draft and the upload change together, and only while the lease is still ours: whoever has
    # taken it over loads the file too.
    with transaction.atomic():
        if not _end(upload, State.LOADED, percent=100, problems=[], notes=division.notes):
            return
        load_division(upload.edition, division, by=upload.by, revision=revision, name=upload.name)
    _log.info("upload_loaded", upload=str(upload.pk), megabytes=division.megabytes)


def _renew(upload: EditionUpload) -> Callable[[], object]:
    return lambda: EditionUpload.objects.owed().renew(upload)


def _tell(upload: EditionUpload, percent: int) -> None:
    EditionUpload.objects.owed().renew(upload)
    EditionUpload.objects.owed().still_leased([upload]).update(percent=percent)


def _with_count(refusal: NotLoaded) -> list[Problem]:
    more = refusal.count - len(refusal.problems)
    return refusal.problems + ([problem("more", count=more)] if more > 0 else [])


def _end(upload: EditionUpload, state: State, **values: object) -> bool:
    """Record the outcome; False, and nothing done, if the lease is lost."""
    ours = EditionUpload.objects.owed().still_leased([upload])
    if not ours.update(state=state, leased_until=None, **values):
        _log.warning("upload_lease_lost", upload=str(upload.pk))
        return False
    return True
