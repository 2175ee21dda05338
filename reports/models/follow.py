"""Who else reports the same matter."""

from django.db import models
from django.db.models import Func
from django.utils.translation import gettext_lazy as _

from .report import Report, same_matter


class FollowQuerySet(models.QuerySet["Follow"]):
    def people_of(self, key) -> models.QuerySet:
        """One value: how many people follow the report with this key (or expression) or one that
        repeats it, each counted once.
        """
        rows = self.filter(report__in=Report.objects.filter(same_matter(key)).order_by())
        counted = Func(
            "follower",
            template="COUNT(DISTINCT %(expressions)s)",
            output_field=models.IntegerField(),
        )
        return rows.order_by().values_list(counted, flat=True)


class Follow(models.Model):
    """One more person with the same matter: "me too".

    ``follower`` is a keyed hash of the device's cookie, so that each device counts once; it cannot
    be traced back to a person. Rows are erased together with the report's contacts.
    """

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="follows")
    follower = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = FollowQuerySet.as_manager()

    class Meta:
        verbose_name = _("dołączenie do zgłoszenia")
        verbose_name_plural = _("dołączenia do zgłoszeń")
        constraints = [
            models.UniqueConstraint(fields=["report", "follower"], name="follow_counts_once")
        ]

    def __str__(self) -> str:
        return f"follow of {self.report_id}"
