"""A procedure, found by its number for ever, and the versions of its card."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.models import Category
from districts.models import Layer
from units.models import Unit

from .arrangement import Department, LifeSituation, Topic

_NUMBER = "^KA-[0-9]{5}$"


class _ProcedureQuerySet(models.QuerySet):
    def known(self) -> "_ProcedureQuerySet":
        """Procedures that the public has seen: published now, or withdrawn."""
        begun = ProcedureVersion.objects.begun().filter(procedure=OuterRef("pk"))
        return self.filter(Exists(begun))

    def known_or_scheduled(self) -> "_ProcedureQuerySet":
        """Procedures that the public has seen or will see."""
        asked = ProcedureVersion.objects.filter(procedure=OuterRef("pk")).exclude(published_at=None)
        return self.filter(Exists(asked))

    def published(self) -> "_ProcedureQuerySet":
        """Procedures whose card is published and not withdrawn."""
        return self.known().filter(Q(withdrawn_at=None) | Q(withdrawn_at__gt=timezone.now()))


class Procedure(models.Model):
    """One matter that can be settled with the city. What the card says stands in its versions.

    ``number`` is the address and never changes. ``synonyms``: words by which people look for it
    that the card itself does not hold. ``desk_layer``: by the districts of which layer the unit's
    desk is chosen; null where every desk, or the only one, will do. ``withdrawn_at``: from when the
    card only says that it is withdrawn, why, and which one stands in its place; it may lie ahead.
    ``links_paused_until``: until which day nobody is told of its dead links.
    """

    number = models.CharField(max_length=8, unique=True)
    topics = models.ManyToManyField(Topic, related_name="procedures", blank=True)
    situations = models.ManyToManyField(LifeSituation, related_name="procedures", blank=True)
    categories = models.ManyToManyField(Category, related_name="procedures", blank=True)
    related = models.ManyToManyField("self", blank=True)
    synonyms = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    desk_layer = models.ForeignKey(
        Layer, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_by = models.DateField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    links_paused_until = models.DateField(null=True, blank=True)
    withdrawal_note = models.CharField(max_length=400, blank=True)
    replaced_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_demo = models.BooleanField(default=False)
    keeper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = _ProcedureQuerySet.as_manager()

    class Meta:
        verbose_name = _("procedura")
        verbose_name_plural = _("procedury")
        ordering = ["number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(number__regex=_NUMBER), name="procedure_number_has_its_form"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class _VersionQuerySet(models.QuerySet):
    def begun(self) -> "_VersionQuerySet":
        """Versions that are, or once were, what the public reads."""
        return self.filter(published_at__lte=timezone.now())

    def current(self) -> "_VersionQuerySet":
        """The newest begun version of each procedure, withdrawn procedures left out."""
        now = timezone.now()
        later = ProcedureVersion.objects.filter(
            procedure=OuterRef("procedure"),
            published_at__gt=OuterRef("published_at"),
            published_at__lte=now,
        )
        withdrawn = Q(procedure__withdrawn_at__lte=now)
        return self.begun().filter(~Exists(later)).exclude(withdrawn)


class ProcedureVersion(models.Model):
    """One version of a card. Texts are Polish; long ones are Markdown.

    A draft until it is sent to review (``review_since``), and again when it is sent back. Only
    ``published_at`` is stored of what follows, and it may lie ahead: the version is scheduled until
    then, published until the next one begins, and archived from then on. ``edits`` counts what was
    saved, so that a page that is out of date is told apart.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    edits = models.PositiveIntegerField(default=0)

    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Useful information: facts that people look for before they read.
    is_online = models.BooleanField(default=False)
    online_url = models.URLField(blank=True)
    is_by_post = models.BooleanField(default=False)
    is_by_phone = models.BooleanField(default=False)
    needs_appointment = models.BooleanField(default=False)
    has_fee = models.BooleanField(default=False)
    allows_proxy = models.BooleanField(default=False)
    handling = models.TextField(blank=True)
    time_limit = models.CharField(max_length=400, blank=True)
    place = models.TextField(blank=True)
    exemptions = models.TextField(blank=True)
    appeal = models.TextField(blank=True)
    change_note = models.CharField(max_length=400, blank=True)

    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Everybody who saved something of it: none of them publishes it.
    writers = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+", blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)
    review_since = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = _VersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wersja karty")
        verbose_name_plural = _("wersje kart")
        ordering = ["procedure", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["procedure", "number"], name="version_number_once_a_procedure"
            ),
            models.UniqueConstraint(
                fields=["procedure", "published_at"], name="one_version_of_a_card_from_a_moment"
            ),
            # One unfinished version at a time: two could not both follow the same card.
            models.UniqueConstraint(
                fields=["procedure"],
                condition=Q(published_at=None),
                name="one_draft_of_a_procedure",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.procedure_id}/{self.number}"
