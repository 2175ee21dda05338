"""Who follows which part of the city, and what they are still to be told."""

from datetime import date, timedelta

from django.contrib.gis.db.models import PointField, PolygonField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import ConsentEntry
from districts.models import OSIEDLA, District
from reports.models.contact import new_secret

# How long somebody follows unless they say that they still want to.
_LASTS = timedelta(days=365)


def in_a_year() -> date:
    """The last day of what begins, or is wanted again, today."""
    return timezone.localdate() + _LASTS


class WatchQuerySet(models.QuerySet["Watch"]):
    def of_mailbox(self, email: str) -> "WatchQuerySet":
        return self.filter(mailbox=ConsentEntry.hash_of(email))

    def hearing(self) -> "WatchQuerySet":
        """Those whose owner said yes."""
        return self.exclude(state=Watch.State.WAITING)


class Watch(models.Model):
    """Somebody follows a district (``district``: its code) or a circle of ``metres`` around
    ``centre`` (EPSG:4326; ``reach`` is a box around it, for the index).

    ``email``, ``mailbox``, ``state``: as of a ``reports.models.Contact``. ``last_day``: when it
    ends. ``told_on``: the day of the last letter.
    """

    class State(models.TextChoices):
        WAITING = "waiting", gettext_lazy("czeka na potwierdzenie")
        CONFIRMED = ConsentEntry.How.CONFIRMED.value, ConsentEntry.How.CONFIRMED.label
        LOGGED_IN = ConsentEntry.How.LOGGED_IN.value, ConsentEntry.How.LOGGED_IN.label

    email = models.EmailField()
    mailbox = models.CharField(max_length=64)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    district = models.CharField(max_length=60, blank=True)
    centre = PointField(null=True, srid=4326, spatial_index=False)
    reach = PolygonField(null=True, srid=4326)
    metres = models.PositiveSmallIntegerField(null=True)
    place = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=8, default="pl")
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField(auto_now_add=True)
    last_day = models.DateField(default=in_a_year)
    told_on = models.DateField(null=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["mailbox", "state"], name="watch_mailbox"),
            models.Index(fields=["district"], condition=~Q(district=""), name="watch_district"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(district="", centre__isnull=False, reach__isnull=False)
                & Q(metres__range=(100, 2000))
                | ~Q(district="") & Q(centre=None, reach=None, metres=None),
                name="watch_is_district_or_circle",
            )
        ]

    def __str__(self) -> str:
        return f"watch {self.pk}"

    def save(self, *args, **kwargs) -> None:
        """Store the row; its mailbox always follows from its address."""
        self.mailbox = ConsentEntry.hash_of(self.email)
        super().save(*args, **kwargs)

    @property
    def is_waiting(self) -> bool:
        return self.state == Watch.State.WAITING

    @property
    def reference(self) -> str:
        """By which the consent ledger names it."""
        return f"watch-{self.pk}"

    @property
    def words(self) -> str:
        """``osiedle Katedralna``, or ``500 m od: Piotrkowska 104``."""
        if self.district:
            named = District.objects.filter(edition__layer=OSIEDLA, code=self.district)
            name = named.order_by("-edition").values_list("name", flat=True).first()
            return _("osiedle %(district)s") % {"district": name or self.district}
        return _("%(metres)s m od: %(place)s") % {"metres": self.metres, "place": self.place}


class WatchChange(models.Model):
    """A change of a report of which nobody knows yet whom it concerns. A trigger appends it."""

    report = models.BigIntegerField()
    change = models.BigIntegerField()

    def __str__(self) -> str:
        return f"change {self.change}"


class WatchLine(models.Model):
    """A report that the next letter to somebody tells of; ``change`` is the latest one."""

    watch = models.ForeignKey(Watch, on_delete=models.CASCADE, related_name="lines", db_index=False)
    report = models.ForeignKey("reports.Report", on_delete=models.CASCADE, related_name="+")
    change = models.ForeignKey("reports.StatusChange", on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["watch", "report"], name="watch_line_once")]

    def __str__(self) -> str:
        return f"line of {self.watch_id}"
