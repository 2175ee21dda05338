"""When open reports begin to be routed again: at once after a press, else by beat."""

from datetime import timedelta

import pytest
from django.utils import timezone

from districts.editions.activating import activate_edition, cancel_activations, return_to_previous
from owed import nudging
from tests.districts.editions.drafts import approved, gis, square

pytestmark = pytest.mark.django_db
REROUTE = "reports.reroute_due"


@pytest.fixture(autouse=True)
def broker():
    nudging.breaker.reset()
    nudging.broker().delete("celery", nudging.pending_key(REROUTE))
    yield
    nudging.broker().delete("celery", nudging.pending_key(REROUTE))


@pytest.fixture
def is_nudged(django_capture_on_commit_callbacks):
    """Whether the commit of what ``act`` does wakes the worker."""

    def nudged(act) -> bool:
        nudging.broker().delete(nudging.pending_key(REROUTE))
        with django_capture_on_commit_callbacks(execute=True):
            act()
            assert not nudging.broker().exists(nudging.pending_key(REROUTE))
        return bool(nudging.broker().exists(nudging.pending_key(REROUTE)))

    return nudged


def test_new_boundaries_and_a_return_wake_the_worker_once_they_are_committed(is_nudged):
    first, second = (approved(code, {"a": square(n)}) for n, code in enumerate(("m1", "m2")))
    assert is_nudged(lambda: activate_edition(first, by=gis("gis")))
    assert is_nudged(lambda: activate_edition(second, by=gis("gis")))
    assert is_nudged(lambda: return_to_previous(first.layer, by=gis("gis")))


def test_a_start_that_lies_ahead_is_left_to_beat(is_nudged):
    edition = approved("m1", {"a": square(0)})
    tomorrow = timezone.now() + timedelta(days=1)
    assert not is_nudged(lambda: activate_edition(edition, by=gis("gis"), at=tomorrow))
    assert not is_nudged(lambda: cancel_activations(edition, by=gis("gis")))
