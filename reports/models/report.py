"""The report itself."""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import F, Q
from django.db.models.lookups import Contains
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from catalogue.deadlines import expected_by, working_days_after
from catalogue.models import Category
from districts.describing import place_in_words
from districts.gazetteer import find_address, parse_coordinates
from districts.models import District
from districts.neighbourhood import is_near_city
from reports.nearby import within
from reports.references import UnknownReport, parse_reference, symbols_of_part
from reports.words import Words, fold, saying
from units.models import Unit
from web.errors import PortalError

from .status import Status

if TYPE_CHECKING:
    from .second_thoughts import Verdict

# A report this far from an address may be about it.
_AT_METRES = 100
FINAL = (Status.RESOLVED, Status.REJECTED, Status.PASSED_ON, Status.DUPLICATE)
IS_OPEN = ~Q(status__in=FINAL)
_FILTERED = ("unit", "category", "district", "status", "is_hidden")


class Source(models.TextChoices):
    WEB = "web", _("formularz")
    API = "api", "API"


class ToOperator(models.TextChoices):
    """How the operator got a report, by its latest assignment."""

    BY_HAND = "hand"
    CATCH_ALL = "catch_all"
    BY_CATEGORY = "category"


def _at_place(text: str) -> Q | None:
    """Reports at or near the address or the coordinates ``text``, or on the street; None if it
    names no place.
    """
    found = find_address(text)
    point = found.location if found else parse_coordinates(text)
    if point is not None:
        return within(point, _AT_METRES) if is_near_city(point.x, point.y) else None
    return Q(Contains(Words(), fold(f"{found.street} "))) if found else None


def about(text: str) -> Q:
    """Reports with all words of ``text`` in the reference, the description or the address, or at
    the place that it names; none where it has no word of three letters and names nothing. Looks the
    place up in the gazetteer.
    """
    part = symbols_of_part(text)
    numbered = Q(Contains(Words(), part.lower())) if part else None
    found = [said for said in (saying(text), numbered, _at_place(text)) if said is not None]
    return reduce(or_, found) if found else Q(pk__in=())


def same_matter(key) -> Q:
    """The report with this key (or expression) and those that repeat it."""
    return Q(pk=key) | Q(duplicate_of=key, status=Status.DUPLICATE)


def is_late(today: date) -> Q:
    """Open reports past the date by which the unit should have answered, unless the clock was
    stopped before it.
    """
    return Q(expected_by__lt=today) & (Q(asked_on=None) | Q(expected_by__lt=F("asked_on")))


class ReportQuerySet(models.QuerySet["Report"]):
    def open(self) -> "ReportQuerySet":
        return self.filter(IS_OPEN)

    def overdue(self) -> "ReportQuerySet":
        """Open reports past the date by which the unit should have answered (Europe/Warsaw). While
        the sender is asked, none becomes late.
        """
        return self.open().filter(is_late(timezone.localdate()))

    def assigned_to(self, user) -> "ReportQuerySet":
        """Open reports that ``user`` of the staff has taken or was given."""
        return self.open().filter(assignee=user)

    def nobodys(self) -> "ReportQuerySet":
        """Open reports that nobody has taken."""
        return self.open().filter(assignee__isnull=True)

    def public(self) -> "ReportQuerySet":
        return self.filter(is_hidden=False)

    def sent_by(self, user) -> "ReportQuerySet":
        """The reports that belong to this account."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(owner=user)

    def containing(self, text: str) -> "ReportQuerySet":
        """The report with the reference ``text``, however it is spelled; else those that ``about``
        means.
        """
        try:
            exact = self.filter(reference=parse_reference(text))
        except PortalError:
            exact = self.none()
        return exact if exact.exists() else self.filter(about(text))

    def find(self, text: str) -> "Report":
        """The report of this selection with the reference ``text``, however a person spells it.

        Raises ``MalformedReference``, ``MistypedReference`` or ``UnknownReport``.
        """
        report = self.filter(reference=parse_reference(text)).first()
        if report is None:
            raise UnknownReport
        return report

    def visible_to(self, user) -> "ReportQuerySet":
        """Reports that ``user`` may see in full: operators see all, members of a unit those of
        their unit, residents their own.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if user.is_operator:
            return self
        if not user.is_staff_member:
            return self.sent_by(user)
        return self.held_by(Unit.objects.of_member(user))

    def held_by(self, units) -> "ReportQuerySet":
        """What ``units`` may see of the reports that they have."""
        return self.filter(unit__in=units, is_hidden=False)


class Report(models.Model):
    """A resident's report of one matter at one place (EPSG:4326).

    ``reference`` is random and public. ``submission_id`` is made by the client, so that a repeat
    returns the first receipt. ``version`` grows with every change and shows when two people work on
    one row. ``district`` belongs to the edition by which the report was routed. ``description`` is
    shown to the public only after staff cleared it (``description_is_public``). ``is_approximate``:
    only the district is known from the address given; the location is the district's label point.
    ``personal_data``: the kinds of personal data that the description may contain, for the person
    who clears it. ``answers``: to the questions of the category, by their code; for staff.
    ``extent``: a line or an area, if the matter is more than a point; ``location`` lies on it.
    ``rounded_location``: what the public sees instead of ``location`` where the category says so,
    null elsewhere; the database sets it (see ``reports.public``).
    ``owner``: the account that sent or claimed it, null for most; shown only to the owner.
    ``is_put_away``: the owner took it off their list.
    ``near``: what was nearest when the place was written (``districts.describing.Near``).
    ``side``: code of the district that the resident chose if the border was near, else empty.
    ``accuracy``: metres by which their device may have erred, or as far as the large place reaches
    that they named; null if nothing is known of it.
    ``cause``: one of the category's, and ``cost`` in złoty, as staff said when they resolved it;
    only they see both.
    ``asked_on``: the day (Europe/Warsaw) since which the sender is asked something and the clock of
    ``expected_by`` stands, null while it goes; ``stopped_days``: for how many working days it has
    stood in all (``reports.clock``).
    ``called_again_at``: when the sender said of an answer that it is still broken; ``expected_by``
    is then the time limit of this second call.
    ``duplicate_of``: the report of the same matter that staff named last, for as long as the status
    is "duplicate"; see ``original``.
    ``assignee``: who of the staff of its unit has taken it or was given it; null again when it goes
    to another unit.
    ``fingerprint``: keyed hash of what was submitted, by which a repeat is known; it is erased with
    the words or the address.
    """

    reference = models.CharField(max_length=11, unique=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="reports",
        # The partial index below is enough, and it is small because most reports have no owner.
        db_index=False,
    )
    is_put_away = models.BooleanField(default=False)
    submission_id = models.UUIDField(unique=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="reports")
    description = models.TextField(max_length=4000)
    personal_data = models.JSONField(default=list, blank=True)
    description_is_public = models.BooleanField(default=False)
    answers = models.JSONField(default=dict, blank=True)
    location = models.PointField(srid=4326)
    rounded_location = models.PointField(srid=4326, null=True, editable=False, spatial_index=False)
    extent = models.GeometryField(srid=4326, null=True, blank=True, spatial_index=False)
    address = models.CharField(max_length=200, blank=True)
    is_approximate = models.BooleanField(default=False)
    near = models.JSONField(default=dict, blank=True)
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="reports")
    metres_to_border = models.FloatField()
    side = models.CharField(max_length=40, blank=True)
    accuracy = models.FloatField(null=True, blank=True)
    # An index below begins with the unit.
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports", db_index=False)
    to_operator = models.CharField(max_length=16, choices=ToOperator, blank=True, db_default="")
    hand_overs = models.PositiveSmallIntegerField(default=0, db_default=0)
    status = models.CharField(max_length=16, choices=Status, default=Status.RECEIVED)
    duplicate_of = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="duplicates",
        # The partial index below is enough.
        db_index=False,
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="assigned_reports",
        # The partial index below is enough.
        db_index=False,
    )
    is_hidden = models.BooleanField(default=False)
    source = models.CharField(max_length=16, choices=Source, default=Source.WEB)
    cause = models.CharField(max_length=60, blank=True, default="", db_default="")
    cost = models.DecimalField(max_digits=9, decimal_places=2, null=True, blank=True)
    expected_by = models.DateField(null=True, blank=True)
    asked_on = models.DateField(null=True, blank=True)
    stopped_days = models.PositiveSmallIntegerField(default=0, db_default=0)
    called_again_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("zgłoszenie")
        verbose_name_plural = _("zgłoszenia")
        ordering = ["-created_at", "-id"]
        indexes = [
            # The lists of staff: each holds what a filter may ask, so that no report is read that
            # a filter leaves out.
            models.Index(
                fields=["expected_by", "created_at", "id"],
                include=[
                    *_FILTERED,
                    *("assignee", "asked_on", "called_again_at", "metres_to_border", "side"),
                    *("to_operator", "hand_overs"),
                ],
                condition=IS_OPEN,
                name="report_work",
            ),
            models.Index(
                fields=["-created_at", "-id"],
                include=[*_FILTERED, "expected_by"],
                name="report_newest",
            ),
            models.Index(fields=["unit", "-created_at", "-id"], name="report_of_unit"),
            GinIndex(OpClass(Words(), name="gin_trgm_ops"), name="report_words"),
            models.Index(
                fields=["-updated_at", "-id"], condition=Q(is_hidden=False), name="report_changed"
            ),
            models.Index(
                fields=["owner", "-created_at"],
                condition=Q(owner__isnull=False),
                name="report_owner",
            ),
            models.Index(
                fields=["duplicate_of"],
                condition=Q(duplicate_of__isnull=False),
                name="report_duplicate_of",
            ),
            # What somebody has to do, in the order of work.
            models.Index(
                fields=["assignee", "expected_by", "id"],
                condition=Q(assignee__isnull=False),
                name="report_assignee",
            ),
            # What waits around a point.
            GistIndex(fields=["location"], condition=IS_OPEN, name="report_open_places"),
            # A box of the public map, for the few whose place is rounded.
            GistIndex(
                fields=["rounded_location"],
                condition=Q(rounded_location__isnull=False),
                name="report_rounded",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def set_category(self, category: Category) -> None:
        """Set ``category`` and the day by which the unit should answer then; the caller saves. A
        second call keeps its own day.
        """
        self.category = category
        if self.called_again_at is None:
            day = expected_by(category, timezone.localdate(self.created_at))
            self.expected_by = day and working_days_after(day, self.stopped_days)

    def call_again(self, at: datetime) -> None:
        """Make it a second call to the unit, with a time limit of its own; the caller saves."""
        self.called_again_at = at
        self.expected_by = timezone.localdate(at) + timedelta(days=settings.SECOND_CALL_DAYS)

    @property
    def place_in_words(self) -> str:
        return place_in_words(self.near, self.district.name)

    @property
    def public_location(self) -> Point:
        """Where everybody sees it, see ``reports.public``; of a report as the database has it."""
        return self.rounded_location or self.location

    @property
    def public_place_in_words(self) -> str:
        """Of a rounded place only the district."""
        return place_in_words({} if self.rounded_location else self.near, self.district.name)

    def get_absolute_url(self) -> str:
        return reverse("reports:status", args=[self.reference])

    @property
    def original(self) -> "Report | None":
        """The report that this one repeats, while it is closed as a duplicate."""
        return self.duplicate_of if self.status == Status.DUPLICATE else None

    @property
    def shown_original(self) -> "Report | None":
        """``original``, if everybody may see that one."""
        original = self.original
        return None if original is None or original.is_hidden else original

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def is_called_again(self) -> bool:
        """Whether the unit has a second call to answer."""
        return self.called_again_at is not None and not self.is_final

    @property
    def second_call(self) -> "Verdict | None":
        """The verdict by which the unit was called a second time and has yet to answer."""
        return self.verdicts.filter(is_fixed=False).last() if self.is_called_again else None

    @property
    def is_overdue(self) -> bool:
        today = self.asked_on or timezone.localdate()
        late = self.expected_by is not None and self.expected_by < today
        return late and not self.is_final
