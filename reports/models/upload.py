"""A photo that is being uploaded in parts, so that a lost connection costs only one part."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """``received`` of ``length`` bytes have arrived, in files whose names ``parts`` lists in order.
    ``id`` is unguessable; the photo gets the same.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    length = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    parts = models.JSONField(default=list, blank=True)
    started_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("przesyłane zdjęcie")
        verbose_name_plural = _("przesyłane zdjęcia")
        indexes = [models.Index(fields=["started_at"], name="upload_started")]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_complete(self) -> bool:
        return self.received == self.length
