"""A photo that arrives in parts. Each part is stored before it is counted; the last makes the
photo.
"""

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
    """An upload of ``length`` bytes, none of them received yet. Raises ``PhotoEmpty``,
    ``PhotoTooLarge`` and ``NoRoom``.
    """
    if not length:
        raise PhotoEmpty
    if length > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    check_free_space()
    return Upload.objects.create(length=length)


def find_upload(pk: UUID) -> Upload:
    """The upload with the key ``pk``. Raises ``UploadUnknown``."""
    try:
        return Upload.objects.get(pk=pk)
    except Upload.DoesNotExist as missing:
        raise UploadUnknown from missing


@transaction.atomic
def receive_part(pk: UUID, offset: int, content: bytes) -> Upload:
    """Add ``content`` at ``offset`` bytes; the last part makes the photo.

    A failure or a kill leaves the upload as it was before the part. Raises ``UploadUnknown``,
    ``WrongOffset``, ``PhotoTooLarge``, ``NoRoom`` and, with the last part, ``PhotoRefused``.
    """
    # The disk may have filled up since the upload began.
    check_free_space()
    upload = Upload.objects.select_for_update().filter(pk=pk).first()
    if upload is None:
        raise UploadUnknown
    if offset != upload.received:
        raise WrongOffset(upload.received)
    if offset + len(content) > upload.length:
        raise PhotoTooLarge
    # A client sends an empty part to a complete upload to ask how much has arrived.
    if not content:
        return upload
    storage, name = storages["photos"], _part_name(upload, offset)
    storage.delete(name)  # left by an attempt that was killed
    storage.save(name, ContentFile(content))
    upload.received += len(content)
    upload.save(update_fields=["received"])
    if upload.is_complete:
        _make_photo(upload)
    return upload


def _make_photo(upload: Upload) -> None:
    """Join the parts into one file, store it as a photo, then delete the parts."""
    storage, names = storages["photos"], []
    with SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as target:
        while target.tell() < upload.length:
            # Where one part ends, the next begins.
            names.append(_part_name(upload, target.tell()))
            with storage.open(names[-1]) as part:
                target.write(part.read())
        file: File = File(target)
        file.size = target.tell()
        target.seek(0)
        store_upload(file, pk=upload.pk)
    delete_later(names)


def _part_name(upload: Upload, offset: int) -> str:
    key = upload.pk.hex
    return f"partial/{key[:2]}/{key}-{offset}"
