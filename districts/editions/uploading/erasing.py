"""Erases uploads after some days, and files that no row names."""

from datetime import UTC, timedelta

from django.conf import settings
from django.core.files.storage import storages
from django.utils import timezone

from districts.models import EditionUpload


def erase_old_uploads() -> int:
    """Erase uploads older than ``EDITION_UPLOAD_DAYS`` with their files; returns how many."""
    limit = timezone.now() - timedelta(days=settings.EDITION_UPLOAD_DAYS)
    old = list(EditionUpload.objects.filter(uploaded_at__lt=limit))
    EditionUpload.objects.filter(pk__in=[upload.pk for upload in old]).delete()
    for upload in old:
        storages["boundaries"].delete(upload.file.name or "")
    # They remain when a process is killed between writing a file and writing its row, or when a
    # child and its worker die together.
    storage = storages["boundaries"]
    if not storage.exists(""):
        return len(old)
    folders, files = storage.listdir("")
    known = set(EditionUpload.objects.values_list("file", flat=True))
    for name in files:
        if name not in known and storage.get_modified_time(name).astimezone(UTC) < limit:
            storage.delete(name)
    for folder in folders:
        if storage.get_modified_time(folder).astimezone(UTC) < limit:
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")
            storage.delete(folder)
    return len(old)
