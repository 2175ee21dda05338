"""Last year's reports, as another edition of boundaries would have routed them."""

import pytest

from districts.models import Edition
from reports.handling.replaying import replay_year
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.districts.editions.drafts import exchanged, inside
from tests.factories import POTHOLE, category, dispatched, submitted

pytestmark = pytest.mark.django_db
PAVEMENT = "uszkodzony-chodnik"


def test_loads_before_and_after_count_all_reports_of_a_year(time_machine):
    before = Edition.objects.in_force()
    after = exchanged("next")
    ended = dispatched(category=category(PAVEMENT))
    change_status(ended, Status.RESOLVED, note="Zrobione.")
    submitted(category=category(PAVEMENT))
    submitted(category=category(PAVEMENT), location=inside(0, 30))
    submitted(category=category(POTHOLE))
    replay = replay_year(before, after)
    assert (replay.number, replay.elsewhere) == (4, 2)
    loads = {load.unit.code: (load.before, load.after) for load in replay.loads}
    assert loads == {"zdit": (3, 1), "wgk": (1, 3)}
    with time_machine(days=366):
        assert replay_year(before, after).number == 0
    assert Report.objects.count() == 4
