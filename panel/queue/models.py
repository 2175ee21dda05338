"""What somebody keeps of a list."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from units.models import Unit


class SavedView(models.Model):
    """A selection with a name, for one person or for all who work in a unit; the operators' are
    those of the operator's unit. ``room``: see ``Room``; ``query``: of its address.
    """

    room = models.CharField(max_length=16)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="saved_views",
        db_index=False,
    )
    unit = models.ForeignKey(
        Unit,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="saved_views",
        db_index=False,
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("zapisany widok")
        verbose_name_plural = _("zapisane widoki")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(owner=None) ^ Q(unit=None), name="view_has_one_owner"
            ),
            models.UniqueConstraint(fields=["owner", "room", "name"], name="own_view_has_one_name"),
            models.UniqueConstraint(
                fields=["unit", "room", "name"], name="view_of_unit_has_one_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        return self.unit_id is not None
