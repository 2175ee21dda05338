"""Takes a file in, unopened, and owes the worker a look at it."""

import shutil

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from districts.editions.drafting import NotADraft
from districts.models import Edition, EditionUpload
from owed.nudging import nudge
from web.errors import PortalError

_OWNER_ONLY = 0o700


class FileEmpty(PortalError):
    code = "file_empty"
    status = 400
    field = "file"
    detail = _("Ten plik jest pusty.")


class FileTooLarge(PortalError):
    code = "file_too_large"
    status = 413
    field = "file"
    detail = _("Plik z granicami może mieć najwyżej 60 MB. Spakuj go albo uprość granice.")


class NoRoomForFile(PortalError):
    code = "no_room"
    status = 503
    field = "file"
    detail = _("Na serwerze brakuje miejsca. Spróbuj później albo napisz do administratora.")


def store_upload(edition: Edition, file: File, *, by) -> EditionUpload:
    """Store ``file`` for the draft ``edition``. Raises ``FileEmpty``, ``FileTooLarge``,
    ``NoRoomForFile`` and ``NotADraft``.
    """
    if edition.approved_at or edition.withdrawn_at:
        raise NotADraft
    if not file.size:
        raise FileEmpty
    if file.size > settings.MAX_EDITION_FILE_BYTES:
        raise FileTooLarge
    folder = settings.EDITION_UPLOAD_DIR
    folder.mkdir(mode=_OWNER_ONLY, parents=True, exist_ok=True)
    if shutil.disk_usage(folder).free < settings.MIN_FREE_BYTES:
        raise NoRoomForFile
    name = (file.name or "").replace("\\", "/").rpartition("/")[2]
    upload = EditionUpload(edition=edition, name=name[:200], size=file.size, by=by)
    # The row comes last: a file without one is erased (``erasing``), a row without one is not.
    upload.file.save(upload.id.hex, file, save=False)
    with transaction.atomic():
        upload.save(force_insert=True)
        nudge("districts.open_uploads")
    return upload
