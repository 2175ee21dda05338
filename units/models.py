"""City units that answer reports, and the people who work in them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class _UnitQuerySet(models.QuerySet):
    def of_member(self, user) -> "_UnitQuerySet":
        """Units in which ``user`` works."""
        return self.filter(memberships__user=user)

    def led_by(self, user) -> "_UnitQuerySet":
        """Units in which ``user`` says who does what."""
        return self.filter(memberships__user=user, memberships__is_leader=True)


class Unit(models.Model):
    """A city unit, a department or another body.

    ``takes_reports``: reports can be sent to it; others only carry out procedures.
    """

    class Channel(models.TextChoices):
        PANEL = "panel", _("panel")
        EMAIL = "email", _("e-mail")

    code = models.SlugField(max_length=32, unique=True)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=40)
    channel = models.CharField(max_length=16, choices=Channel, default=Channel.PANEL)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    is_operator = models.BooleanField(default=False)
    takes_reports = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership")

    objects = _UnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("jednostka")
        verbose_name_plural = _("jednostki")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_operator"], condition=models.Q(is_operator=True), name="one_operator"
            ),
            models.CheckConstraint(
                condition=~models.Q(channel="email", email=""), name="email_channel_has_address"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_active_members(self) -> bool:
        """Whether somebody can log in and read what the unit gets in the panel."""
        return any(one.user.is_active for one in self.memberships.all())


class Membership(models.Model):
    """A person works in a unit. ``is_leader``: and says there who does what."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships"
    )
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="memberships")
    is_leader = models.BooleanField(default=False, db_default=False)

    class Meta:
        verbose_name = _("członkostwo")
        verbose_name_plural = _("członkostwa")
        constraints = [models.UniqueConstraint(fields=["user", "unit"], name="member_once")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.unit_id}"
