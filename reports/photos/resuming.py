"""A photo that arrives in parts. Each part is stored before it is counted; the last makes the
photo.
"""

from tempfile import SpooledTemporaryFile
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.db import transaction

from pictures.errors import PhotoEmpty, PhotoTooLarge
from reports.models import Photo, Upload
from web.errors import PortalError

from .errors import UploadUnknown, WrongOffset
from .files import delete_later
from .uploading import add_photo, check_photos_are_taken, store_original


def begin_upload(length: int) -> Upload:
    """An upload of ``length`` bytes, none of them received yet. Raises ``PhotoEmpty``,
    ``PhotoTooLarge`` and ``NoRoom``.
    """
    if not length:
        raise PhotoEmpty
    if length > settings.MAX_PHOTO_BYTES:
        raise PhotoTooLarge
    check_photos_are_taken()
    return Upload.objects.create(length=length)


def find_upload(pk: UUID) -> Upload:
    """The upload with the key ``pk``. Raises ``UploadUnknown``."""
    try:
        return Upload.objects.get(pk=pk)
    except Upload.DoesNotExist as missing:
        raise UploadUnknown from missing


def receive_part(pk: UUID, offset: int, content: bytes) -> Upload:
    """Add ``content`` at ``offset`` bytes; the last part makes the photo.

    A failure or a kill leaves the upload as it was before the part. Raises ``UploadUnknown``,
    ``WrongOffset``, ``PhotoTooLarge``, ``NoRoom`` and, with the last part, ``PhotoRefused``.
    """
    # The disk may have filled up since the upload began.
    check_photos_are_taken()
    upload = find_upload(pk)
    _check_offset(upload, offset)
    if offset + len(content) > upload.length:
        raise PhotoTooLarge
    # A client sends an empty part to a complete upload to ask how much has arrived.
    if not content:
        return upload
    # Files are written before the transaction, so that no row stays locked meanwhile.
    is_last = offset + len(content) == upload.length
    photo = _join(upload, content) if is_last else None
    part = None if is_last else _store_part(upload, content)
    try:
        return _count_part(pk, offset, len(content), part=part, photo=photo)
    except PortalError:
        # Somebody sent the same part a moment earlier.
        storages["photos"].delete(part or (photo and photo.original.name) or "")
        raise


@transaction.atomic
def _count_part(
    pk: UUID, offset: int, length: int, *, part: str | None, photo: Photo | None
) -> Upload:
    """Record that ``length`` bytes at ``offset`` are stored: as ``part``, or as the whole photo."""
    upload = Upload.objects.select_for_update().filter(pk=pk).first()
    if upload is None:
        raise UploadUnknown
    _check_offset(upload, offset)
    upload.received += length
    if photo:
        add_photo(photo)
        delete_later(upload.parts)
        upload.parts = []
    else:
        upload.parts.append(part)
    upload.save(update_fields=["received", "parts"])
    return upload


def _check_offset(upload: Upload, offset: int) -> None:
    if offset != upload.received:
        raise WrongOffset(upload.received)


def _store_part(upload: Upload, content: bytes) -> str:
    """The name of a new file with ``content``."""
    key = upload.pk.hex
    name = f"partial/{key[:2]}/{key}-{upload.received}-{uuid4().hex[:8]}"
    return storages["photos"].save(name, ContentFile(content))


def _join(upload: Upload, last: bytes) -> Photo:
    """The photo of all parts and ``last``; its file is stored, its row is not written yet."""
    storage = storages["photos"]
    with SpooledTemporaryFile(max_size=settings.FILE_UPLOAD_MAX_MEMORY_SIZE) as target:
        for name in upload.parts:
            try:
                with storage.open(name) as part:
                    target.write(part.read())
            except FileNotFoundError as missing:
                # Either the last part was sent twice and the other request was faster, or the
                # files are lost and the device must begin again.
                _check_offset(find_upload(upload.pk), upload.received)
                raise UploadUnknown from missing
        target.write(last)
        file: File = File(target)
        file.size = target.tell()
        target.seek(0)
        return store_original(file, pk=upload.pk)
