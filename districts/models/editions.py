"""Layers of boundaries, their editions, and when each edition is in force."""

from datetime import datetime

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from units.models import Unit

# The code of the layer of the osiedla, by which most categories route.
OSIEDLA = "osiedla"
# No layer may have this code: reports stand beside the layers where programs read them.
REPORTS = "zgloszenia"


class Layer(models.Model):
    """One division of the city: the osiedla, or the regions of a unit (lighting sections, mowing
    sectors). ``covers_city``: whether its districts must cover the city whole, without gaps.
    """

    code = models.SlugField(max_length=40, primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="layers"
    )
    covers_city = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("warstwa granic")
        verbose_name_plural = _("warstwy granic")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class State(models.TextChoices):
    """How far an edition has come; it follows from stored steps and instants of start."""

    DRAFT = "draft", _("szkic")
    CHECKED = "checked", _("sprawdzone")
    APPROVED = "approved", _("zatwierdzone")
    SCHEDULED = "scheduled", _("czeka na swój dzień")
    IN_FORCE = "in_force", _("obowiązuje")
    PAST = "past", _("już nie obowiązuje")
    WITHDRAWN = "withdrawn", _("wycofane")


class EditionQuerySet(models.QuerySet["Edition"]):
    def in_force(self, layer: str = OSIEDLA, *, at: datetime | None = None) -> "Edition":
        """The one edition of ``layer`` that holds at ``at``, or now; ``Edition.DoesNotExist`` if
        none does.
        """
        moment = at or timezone.now()
        started = self.filter(activations__layer=layer, activations__at__lte=moment)
        return started.latest("activations__at")

    def in_force_or_none(self, layer: str = OSIEDLA) -> "Edition | None":
        """A layer has none before its first edition."""
        try:
            return self.in_force(layer)
        except Edition.DoesNotExist:
            return None

    def with_state(self) -> "EditionQuerySet":
        """Editions with their ``state`` (a ``State``) and ``starts_at``: the instant of their next
        start if it lies ahead, else of their last; None if they never started.
        """
        now = timezone.now()
        own = Activation.objects.filter(edition=OuterRef("pk"))
        begun = Activation.objects.filter(layer=OuterRef("layer"), at__lte=now).order_by("-at")
        ahead = own.filter(at__gt=now).order_by("at")
        return self.annotate(
            starts_at=Coalesce(
                models.Subquery(ahead.values("at")[:1]),
                models.Subquery(own.order_by("-at").values("at")[:1]),
            ),
            state=Case(
                When(withdrawn_at__isnull=False, then=Value(State.WITHDRAWN.value)),
                When(checked_at__isnull=True, then=Value(State.DRAFT.value)),
                When(approved_at__isnull=True, then=Value(State.CHECKED.value)),
                When(
                    pk=models.Subquery(begun.values("edition")[:1]),
                    then=Value(State.IN_FORCE.value),
                ),
                When(Exists(ahead), then=Value(State.SCHEDULED.value)),
                When(Exists(own), then=Value(State.PAST.value)),
                default=Value(State.APPROVED.value),
            ),
        )


class Edition(models.Model):
    """A generation of the boundaries of one layer. Immutable, with its districts, once
    ``approved_at`` is set: the database refuses. It binds from its activation on.

    ``based_on``: the edition that it was drawn from and is compared with. ``author`` and
    ``approved_by`` are two people; both null where a command loaded reference data. ``reason`` and
    ``resolution`` (number of the council's resolution) stand on its public page. ``revision`` grows
    with every change of the draft and shows when two people work on it; ``changed_by`` and
    ``changed_at`` tell of the last one. ``change_key``: which it was, where the device gave it a
    key, so that one that is sent again is known. ``checked_at``: when the checks of this revision
    found nothing that forbids it.
    """

    layer = models.ForeignKey(
        Layer, default=OSIEDLA, on_delete=models.PROTECT, related_name="editions"
    )
    code = models.SlugField(max_length=40, unique=True)
    based_on = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    source = models.CharField(max_length=300)
    credit = models.CharField(max_length=200)
    source_date = models.DateField(null=True, blank=True)
    reason = models.TextField(blank=True)
    resolution = models.CharField(max_length=100, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(null=True, blank=True)
    change_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = EditionQuerySet.as_manager()

    # Given by ``with_state()``.
    state: str
    starts_at: datetime | None

    class Meta:
        verbose_name = _("wydanie granic")
        verbose_name_plural = _("wydania granic")
        constraints = [
            models.CheckConstraint(
                name="approved_by_a_second_person",
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, author__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                & ~Q(approved_by=F("author")),
            ),
            models.CheckConstraint(
                name="approved_after_the_checks",
                condition=Q(approved_at__isnull=True) | Q(checked_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Activation(models.Model):
    """From ``at`` on ``edition`` is in force in its layer, until the next activation there. So
    exactly one edition is, at any instant after the first; ends are not stored.

    One that lies ahead may be deleted; what has begun stays: the database refuses anything else.
    ``returns``: whether it brings back the edition before the last one.
    """

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="activations")
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="activations")
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returns = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("wejście w życie")
        verbose_name_plural = _("wejścia w życie")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "at"], name="one_activation_at_an_instant")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.at:%Y-%m-%d %H:%M}"


class DraftChange(models.Model):
    """One change of a draft, which can be undone and done again.

    ``kept``: by code, the districts as they are without the change, or with it while it is undone
    (``districts.editions.drafting``); null where there is none. ``details``: what was done, for
    people: counts and metres.
    """

    class Word(models.TextChoices):
        UPLOADED = "uploaded", _("wgrano plik")
        DRAWN = "drawn", _("zmieniono na mapie")
        MENDED = "mended", _("naprawiono")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField()
    word = models.CharField(max_length=16, choices=Word)
    details = models.JSONField(default=dict, blank=True)
    kept = models.JSONField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("zmiana szkicu")
        verbose_name_plural = _("zmiany szkiców")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "number"], name="draft_change_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.number} {self.word}"


class EditionStep(models.Model):
    """The trail of an edition: who did what with it as a whole. The database refuses to change it.

    ``by`` null: a command or the portal itself. ``details``: JSON without personal data.
    """

    class Word(models.TextChoices):
        BEGUN = "begun", _("zaczęto szkic")
        DESCRIBED = "described", _("opisano")
        CHECKED = "checked", _("sprawdzono")
        EXPLAINED = "explained", _("wyjaśniono ostrzeżenie")
        APPROVED = "approved", _("zatwierdzono")
        SCHEDULED = "scheduled", _("wyznaczono dzień wejścia w życie")
        UNSCHEDULED = "unscheduled", _("odwołano dzień wejścia w życie")
        ACTIVATED = "activated", _("wprowadzono w życie")
        RETURNED = "returned", _("przywrócono")
        WITHDRAWN = "withdrawn", _("wycofano")
        BORDER_ACCEPTED = "border_accepted", _("przyjęto mniejsze miasto")
        ANNEX_TRIED = "annex_tried", _("dołączono projekt załącznika")
        ANNEX_DROPPED = "annex_dropped", _("usunięto projekt załącznika")

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="steps")
    word = models.CharField(max_length=16, choices=Word)
    details = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("krok wydania granic")
        verbose_name_plural = _("kroki wydań granic")
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.edition_id}: {self.word}"
