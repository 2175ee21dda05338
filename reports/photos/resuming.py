"""A photo that arrives in parts: each is kept before it is counted, the last makes the photo."""

from collections.abc import Iterator
from contextlib import closing
from tempfile import SpooledTemporaryFile
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction

from reports.models import Upload

from .errors import PhotoEmpty, PhotoTooLarge, UploadUnknown, WrongOffset
from .files import delete_later
from .uploading import check_free_space, store_upload


def begin_upload(length: int) -> Upload:
    """An upload of ``length`` bytes, none received. Raises ``PhotoEmpty``, ``PhotoTooLarge``."""
    if not length:
        raise PhotoEmpty
    if length > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    check_free_space()
    return Upload.objects.create(length=length)


def find_upload(pk: UUID) -> Upload:
    """Raises ``UploadUnknown``."""
    try:
        return Upload.objects.get(pk=pk)
    except Upload.DoesNotExist as missing:
        raise UploadUnknown from missing


@transaction.atomic
def receive_part(pk: UUID, offset: int, content: bytes) -> Upload:
    """Add ``content`` at ``offset`` bytes; with the last part the photo is there.

    Whatever fails, and a kill too, leaves the upload as it was before the part. Raises
    ``UploadUnknown``, ``WrongOffset``, ``PhotoTooLarge`` and, at the end, ``PhotoRefused``.
    """
    upload = Upload.objects.select_for_update().filter(pk=pk).first()
    if upload is None:
        raise UploadUnknown
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(content) > upload.length:
        raise PhotoTooLarge
    # An empty part of a complete upload asks how far it is, and changes nothing.
    if content:
        _keep(upload, content)
    return upload


def _keep(upload: Upload, content: bytes) -> None:
    storage, name = storages["photos"], _part_name(upload, upload.received)
    storage.delete(name)  # of an attempt that did not end
    storage.save(name, ContentFile(content))
    upload.received += len(content)
    upload.save(update_fields=["received"])
    if upload.is_complete:
        _finish(upload)


def _finish(upload: Upload) -> None:
    names = list(_parts(upload))
    with closing(_joined(names)) as file:
        store_upload(file, pk=upload.pk)
    delete_later(names)


def _joined(names: list[str]) -> File:
    # Closed by whoever asked for it.
    target = SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115
    for name in names:
        with storages["photos"].open(name) as part:
            target.write(part.read())
    size = target.tell()
    target.seek(0)
    file: File = File(target)
    file.size = size
    return file


def _parts(upload: Upload) -> Iterator[str]:
    """Names of what was received, in order: every part tells by its size where the next begins."""
    offset = 0
    while offset < upload.length:
        name = _part_name(upload, offset)
        yield name
        offset += storages["photos"].size(name)


def _part_name(upload: Upload, offset: int) -> str:
    key = upload.pk.hex
    return f"partial/{key[:2]}/{key}-{offset}"
