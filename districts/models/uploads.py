"""Files of boundaries that somebody uploads into a draft."""

import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet

from .editions import Edition


def private_storage():
    return storages["boundaries"]


def upload_path(upload: "EditionUpload", _filename: str) -> str:
    return upload.id.hex


# Values of ``EditionUpload.State`` in which the worker has something to do.
_OWED = ("looking", "loading")


class _EditionUploadQuerySet(LeasedQuerySet):
    def owed(self) -> "_EditionUploadQuerySet":
        """Uploads whose file the worker still has to open."""
        return self.filter(state__in=_OWED)


class EditionUpload(Leased):
    """A file on its way into a draft: looked at by the worker, then somebody chooses a layer and
    fields, then the worker loads it whole.

    ``name``: as the file was called, for people only. ``found``: what the worker saw in it,
    ``layers`` with their fields and samples, each with its ``drawing`` (a GeoJSON
    FeatureCollection, EPSG:4326, simplified). ``chosen``: a ``Choice`` of
    ``districts.editions.uploading.loading``, and the draft's ``revision``. ``problems``: why it was
    refused or not loaded, as codes and details (``districts.editions.uploading.words``).
    ``notes``: codes of what people should know.
    """

    class State(models.TextChoices):
        LOOKING = "looking", _("oglądamy plik")
        CHOOSING = "choosing", _("czeka na wybór warstwy i pól")
        LOADING = "loading", _("wczytujemy do szkicu")
        LOADED = "loaded", _("wczytano do szkicu")
        REFUSED = "refused", _("nie da się wczytać")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="uploads")
    file = models.FileField(storage=private_storage, upload_to=upload_path)
    name = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    state = models.CharField(max_length=16, choices=State, default=State.LOOKING)
    percent = models.PositiveSmallIntegerField(default=0)
    found = models.JSONField(default=dict, blank=True)
    chosen = models.JSONField(default=dict, blank=True)
    problems = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    objects = _EditionUploadQuerySet.as_manager()

    class Meta:
        verbose_name = _("wgrany plik granic")
        verbose_name_plural = _("wgrane pliki granic")
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.id}"
