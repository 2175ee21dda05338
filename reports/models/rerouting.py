"""New boundaries: which open reports still have to be routed again, and which shall stay."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from districts.models import Activation, Edition, Layer
from owed.leases import Leased, LeasedQuerySet
from units.models import Unit


class _ReroutingQuerySet(LeasedQuerySet):
    def due(self, now) -> "_ReroutingQuerySet":
        """Rows that have work at ``now`` (UTC) and that nobody holds: in a layer, one activation
        after the other.
        """
        earlier = Rerouting.objects.filter(
            layer=OuterRef("layer"), at__lt=OuterRef("at"), passed_at=None
        )
        return (
            self.filter(Q(passed_at=None) | Q(last_look_at__lte=now), ended_at=None)
            .exclude(Exists(earlier))
            .unleased(now)
            .order_by("at", "id")
        )


class Rerouting(Leased):
    """What is owed to open reports since an activation began.

    ``layer`` and ``at`` are those of the activation. ``passed_at``: when all reports were gone
    through. A report that was located by the old boundaries may be written a moment after that, so
    there is a last look at ``last_look_at``. ``handed_over``: how many went to another unit,
    ``moved``: to another district alone.
    """

    activation = models.OneToOneField(Activation, on_delete=models.PROTECT, related_name="+")
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    passed_at = models.DateTimeField(null=True, blank=True)
    last_look_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    handed_over = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)

    objects = _ReroutingQuerySet.as_manager()

    class Meta:
        verbose_name = _("ponowny przydział zgłoszeń")
        verbose_name_plural = _("ponowne przydziały zgłoszeń")

    def __str__(self) -> str:
        return f"{self.activation_id}: {self.handed_over} + {self.moved}"


class StayingGroup(models.Model):
    """Open reports that stay with their unit though ``edition`` would give them to another.

    The group: those of ``category`` that go from ``unit`` to ``to_unit`` when ``edition`` comes
    after ``before``. Without a row, a group is handed over.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    before = models.ForeignKey(
        Edition, null=True, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    to_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+", db_index=False)
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("zgłoszenia, które zostają w jednostce")
        verbose_name_plural = _("zgłoszenia, które zostają w jednostkach")
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "before", "unit", "to_unit", "category"],
                nulls_distinct=False,
                name="a_group_stays_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.unit_id} → {self.to_unit_id}"
