"""Photos: uploaded first, attached when the report is sent, shown once re-encoded and cleared."""

import hashlib
import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet

from .report import Report


def private_storage():
    return storages["photos"]


def original_path(photo: "Photo", _filename: str) -> str:
    return f"original/{photo.id.hex[:2]}/{photo.id.hex}"


# Values of ``Photo.State`` in which the worker has something to do.
_OWED = ("waiting", "blurring")


class _PhotoQuerySet(LeasedQuerySet):
    def owed(self) -> "_PhotoQuerySet":
        """Photos that the worker still has to re-encode or to blur."""
        return self.filter(state__in=_OWED)

    def shown(self) -> "_PhotoQuerySet":
        """Photos that staff cleared and that are re-encoded, see ``Photo.is_shown``."""
        return self.filter(is_public=True, state=Photo.State.READY)


class Photo(Leased):
    """A photo of the matter (``sender``) or of its result (``result``).

    ``original`` never leaves the server and is deleted once ``large`` and ``small`` (WebP, no
    metadata) exist. ``id`` is unguessable and serves as the key of an upload not yet attached.
    ``areas``: what may be a face or a plate, see ``pictures.decoding.detecting``; null if
    nobody searched. ``to_blur``: those of them that the worker is to make unreadable; until it has
    done so, nobody sees the photo. ``description``: what the photo shows, in the sender's words,
    for people who cannot see it. ``refusal``: why the photo was refused, or was not blurred.
    """

    class Kind(models.TextChoices):
        SENDER = "sender", _("zdjęcie zgłaszającego")
        RESULT = "result", _("zdjęcie po wykonaniu")

    class State(models.TextChoices):
        WAITING = "waiting", _("w przygotowaniu")
        READY = "ready", _("gotowe")
        BLURRING = "blurring", _("w trakcie zamazywania")
        REFUSED = "refused", _("odrzucone")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.CASCADE, related_name="photos"
    )
    kind = models.CharField(max_length=16, choices=Kind, default=Kind.SENDER)
    position = models.PositiveSmallIntegerField(default=0)
    original = models.FileField(storage=private_storage, upload_to=original_path, blank=True)
    large = models.FileField(storage=private_storage, blank=True)
    small = models.FileField(storage=private_storage, blank=True)
    width = models.PositiveIntegerField(null=True, blank=True)
    height = models.PositiveIntegerField(null=True, blank=True)
    areas = models.JSONField(null=True, blank=True)
    to_blur = models.JSONField(default=list, blank=True)
    description = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    is_public = models.BooleanField(default=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = _PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("zdjęcie")
        verbose_name_plural = _("zdjęcia")
        ordering = ["kind", "position", "uploaded_at"]
        indexes = [
            models.Index(fields=["uploaded_at"], condition=Q(state__in=_OWED), name="photo_owed"),
            models.Index(fields=["uploaded_at"], condition=Q(report=None), name="photo_unattached"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def look(self) -> str:
        """A hash that changes when the picture or the proposed areas change."""
        text = f"{self.large.name} {self.areas}"
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @property
    def is_shown(self) -> bool:
        """Whether it is cleared by staff and re-encoded: public, unless the report is hidden."""
        return self.is_public and self.state == self.State.READY
