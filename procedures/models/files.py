"""Files of the cards: templates to download, and pictures."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet


def files_of_procedures() -> Storage:
    """The storage, asked for by name, so that a migration holds no path of a machine."""
    return storages["procedures"]


class _Kept(models.Model):
    """``name`` as it was given; ``sha256`` of what was given, in hexadecimal digits; ``size`` of
    ``file`` in bytes.
    """

    file = models.FileField(storage=files_of_procedures)
    name = models.CharField(max_length=120)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name


class ProcedureFile(_Kept):
    """A template to download, never changed: another content is another row."""

    content_type = models.CharField(max_length=100)

    class Meta:
        verbose_name = _("plik karty")
        verbose_name_plural = _("pliki kart")
        constraints = [
            models.UniqueConstraint(fields=["sha256", "name"], name="file_of_cards_is_kept_once"),
        ]


class _PictureQuerySet(LeasedQuerySet):
    def owed(self) -> "_PictureQuerySet":
        """Pictures that the worker still has to re-encode."""
        return self.filter(state=Picture.State.WAITING)


class Picture(_Kept, Leased):
    """A picture of cards. ``original`` is what an editor uploaded; the worker deletes it once
    ``file`` (WebP, upright, sRGB, no metadata) is there, ``width`` × ``height`` pixels. From then
    on nothing of it changes. ``refusal``: why it was refused.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("w przygotowaniu")
        READY = "ready", _("gotowa")
        REFUSED = "refused", _("odrzucona")

    original = models.FileField(storage=files_of_procedures, blank=True)
    file = models.FileField(storage=files_of_procedures, blank=True)
    size = models.PositiveIntegerField(default=0)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    refusal = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = _PictureQuerySet.as_manager()

    class Meta:
        verbose_name = _("ilustracja")
        verbose_name_plural = _("ilustracje")
        indexes = [
            models.Index(
                fields=["uploaded_at"], condition=Q(state="waiting"), name="picture_of_card_owed"
            ),
            models.Index(fields=["sha256"], name="picture_of_card_by_content"),
        ]

    @property
    def is_ready(self) -> bool:
        return self.state == self.State.READY
