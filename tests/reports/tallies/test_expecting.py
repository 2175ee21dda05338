"""What residents are told of how long a unit usually takes."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from reports.handling.status import change_status
from reports.models import Report, Status
from reports.public import find_public
from reports.tallies.expecting import UsualTime, usual_time
from reports.tallies.folding import fold_due
from tests.factories import dispatched
from tests.maps.test_sequences import PLACES

from .copied import copies

pytestmark = pytest.mark.django_db
NINE = [1, 1, 2, 2, 3, 3, 4, 5, 6]


@pytest.fixture
def sent() -> datetime:
    """Noon of a day three months ago."""
    month = timezone.localdate().replace(day=1) - timedelta(days=70)
    return datetime(month.year, month.month, 5, 12, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def report() -> Report:
    return dispatched()


def told(report: Report) -> UsualTime | None:
    fold_due()
    return usual_time(find_public(report.reference))


def test_nine_of_ten_of_this_district_are_the_days_that_are_said(report, sent, client):
    copies(report, [*NINE, 40], sent=sent)
    assert told(report) == UsualTime(days=6, is_of_district=True)
    for page in ("/status/{}/", "/zgloszenia/{}/potwierdzenie/"):
        text = client.get(page.format(report.reference)).content.decode()
        assert "9 na 10 takich spraw w tym osiedlu ta jednostka załatwia w ciągu 6 dni" in text


def test_below_ten_in_the_district_the_whole_city_is_asked(report, sent):
    copies(report, NINE, sent=sent)
    assert told(report) is None
    copies(dispatched(location=PLACES[4]), [9], sent=sent)
    assert told(report) == UsualTime(days=6, is_of_district=False)


def test_what_is_still_open_counts_as_never_resolved(report, sent):
    """Nor is the city asked instead: the district has its own answer, and it is not a good one."""
    copies(report, [*NINE, None, None], sent=sent)
    copies(dispatched(location=PLACES[4]), [1] * 50, sent=sent)
    assert told(report) is None


def test_what_ended_otherwise_does_not_count(report, sent):
    others = copies(report, [*NINE, 7, None, None, None], sent=sent)
    Report.objects.filter(pk__in=[one.pk for one in others[10:]]).update(status=Status.REJECTED)
    assert told(report) == UsualTime(days=6, is_of_district=True)


def test_only_a_year_counts_whose_reports_had_a_month(report, sent):
    now = timezone.now()
    copies(report, NINE, sent=sent)
    copies(report, [1], sent=now - timedelta(days=27))
    copies(report, [1], sent=now - timedelta(days=31 * 14))
    assert told(report) is None
    copies(report, [1], sent=sent)
    assert told(report) is not None


def test_a_report_that_ended_is_told_nothing(report, sent):
    copies(report, [*NINE, 40], sent=sent)
    change_status(report, Status.RESOLVED, note="Zrobione.")
    assert told(report) is None


def test_asking_is_one_statement(report, django_assert_num_queries):
    public = find_public(report.reference)
    with django_assert_num_queries(1):
        usual_time(public)
