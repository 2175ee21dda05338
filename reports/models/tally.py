"""The tallies: how many reports there are, and how long they took, by month, unit, category and
district.

They are those of ``reports.tallies``. No column refers to a row elsewhere: rows are written for
every report, and checked against a recount.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Mark(models.IntegerChoices):
    """What a report is counted for. With some of them goes a number."""

    RECEIVED = 0, "received"
    # Days from sending to the first answer of the unit.
    ANSWERED = 1, "answered"
    # Days from sending to the last step to "resolved", while that is the status.
    RESOLVED = 2, "resolved"
    OPEN = 3, "open"
    # Open, and its clock goes or ran out before it was stopped: the day by which the unit should
    # answer, counted from 2000-01-01.
    DUE = 4, "due"
    # Whether a unit ever closed it: resolved, rejected or passed on; and it was opened again then.
    CLOSED = 5, "closed"
    REOPENED = 6, "reopened"
    # The last verdict of its sender.
    FIXED = 7, "fixed"
    BROKEN = 8, "broken"


class Tally(models.Model):
    """The marks of the reports that were sent in ``month`` (its first day, by the clocks of the
    city) and now belong to ``unit``, ``category`` and ``district``; 0 stands for any of them.

    ``marks``: in order, each ``Mark`` times 2^20 and its number; ``totals``: how many reports have
    it. Hidden reports are not counted.
    """

    pk = models.CompositePrimaryKey("month", "unit", "category", "district")
    month = models.DateField()
    unit = models.IntegerField()
    category = models.IntegerField()
    district = models.IntegerField()
    marks = ArrayField(models.IntegerField())
    totals = ArrayField(models.IntegerField())

    def __str__(self) -> str:
        return f"{self.month}: {self.unit}/{self.category}/{self.district}"


class TallyChange(models.Model):
    """A tally in which a report changed since it was counted. A trigger appends it in the
    transaction of the change, so nobody waits for anybody.
    """

    month = models.DateField()
    unit = models.IntegerField()
    category = models.IntegerField()
    district = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.month}: {self.unit}/{self.category}/{self.district}"


class TallyState(models.Model):
    """The only row, there once the tallies were filled. Whoever writes tallies locks it.

    ``counted_at``: all changes that were there at this instant (UTC) are in the tallies.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    counted_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="tallies_are_one")]

    def __str__(self) -> str:
        return str(self.counted_at)
