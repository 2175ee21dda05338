"""When things happen in the demo: residents write by day, units answer in office hours."""

from datetime import datetime, time, timedelta
from random import Random

from django.utils import timezone

from catalogue.deadlines import is_working_day

_DAYS_BACK = 240
_MORNING, _WORK_MINUTES = time(7, 30), 8 * 60


def choose_creation_moment(rng: Random, now: datetime, months: list[int]) -> datetime:
    """A moment of the last eight months, more likely a recent one, in ``months`` (1 to 12)."""
    for _attempt in range(60):
        days = _DAYS_BACK * rng.random() ** 1.5
        moment = timezone.localtime(now - timedelta(days=days))
        moment = moment.replace(hour=int(rng.triangular(6, 23, 15)), minute=rng.randrange(60))
        if moment < now - timedelta(minutes=5) and moment.month in months:
            return moment
    return now - timedelta(days=rng.uniform(1, 20))


def next_office_moment(rng: Random, moment: datetime) -> datetime:
    """``moment`` itself if offices are open then, else a moment when they are open next."""
    local = timezone.localtime(moment)
    if is_working_day(local.date()) and _MORNING <= local.time() < time(15, 30):
        return moment
    day = local.date() + timedelta(days=local.time() >= _MORNING)
    while not is_working_day(day):
        day += timedelta(days=1)
    opening = timezone.make_aware(datetime.combine(day, _MORNING))
    return opening + timedelta(minutes=rng.uniform(5, _WORK_MINUTES))
