"""The summary of the reports that may be shown: how many there are, square by square.

The numbers are those of ``maps.summary``. No column refers to a row elsewhere: rows are written
for every report, and checked against a recount.
"""

from django.db import models

from .following.models import Watch, WatchChange, WatchLine

__all__ = [
    "SummaryCell",
    "SummaryChange",
    "SummaryState",
    "Watch",
    "WatchChange",
    "WatchLine",
]


class SummaryChange(models.Model):
    """What a report adds to the summary (``sign`` 1) or takes from it (-1), not yet added up.

    A trigger on the report's row appends it in the report's own transaction, so nobody waits for
    anybody. ``x``, ``y``: the square of 2 cm (level 30) in which the public sees the report.
    ``day``: of its submission, by the clocks of the city. ``resolved_on``: the day of its last
    change, if it is resolved.
    """

    sign = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    category = models.IntegerField()
    status = models.SmallIntegerField()
    day = models.DateField()
    district = models.IntegerField()
    resolved_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.sign:+d} {self.x}/{self.y}"


class SummaryCell(models.Model):
    """How many reports of ``category`` (0: of any; negative: of the district of that key) and
    ``status`` (of four) lie in a square of the map, numbered as tiles are.

    ``level`` -1: in the district ``x`` instead of a square; -2: resolved on the day ``x``, counted
    from 2000-01-01, of any category. ``year``, ``month``: those of the last 12 months and 30 days,
    on the day of ``SummaryState``. ``sum_x``, ``sum_y``: of the squares of level 30 in which they
    lie, for the middle of them.
    """

    pk = models.CompositePrimaryKey("level", "category", "x", "y", "status")
    level = models.SmallIntegerField()
    category = models.IntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    status = models.SmallIntegerField()
    total = models.IntegerField()
    year = models.IntegerField()
    month = models.IntegerField()
    sum_x = models.BigIntegerField()
    sum_y = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.level}/{self.x}/{self.y}: {self.total}"


class SummaryState(models.Model):
    """The only row, there once the summary was filled. Whoever adds to the summary locks it.

    ``day``: on which the periods of the cells end. ``folded``: how many changes were ever added up,
    or mended.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
    folded = models.BigIntegerField(default=0, db_default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="summary_is_one_row")]

    def __str__(self) -> str:
        return str(self.day)
