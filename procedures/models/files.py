"""Files of the cards: templates to download, and pictures."""

from django.conf import settings
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _


def files_of_procedures() -> Storage:
    """The storage, asked for by name, so that a migration holds no path of a machine."""
    return storages["procedures"]


class ProcedureFile(models.Model):
    """A file that is never changed: another content is another row.

    ``size`` in bytes; ``sha256`` in hexadecimal digits; ``description`` is what a picture shows,
    for those who do not see it.
    """

    class Kind(models.TextChoices):
        TEMPLATE = "template", _("wzór dokumentu")
        PICTURE = "picture", _("ilustracja")

    kind = models.CharField(max_length=16, choices=Kind)
    file = models.FileField(storage=files_of_procedures)
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    description = models.CharField(max_length=300, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("plik karty")
        verbose_name_plural = _("pliki kart")
        constraints = [
            models.UniqueConstraint(
                fields=["sha256", "name", "kind"], name="file_of_cards_is_kept_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
