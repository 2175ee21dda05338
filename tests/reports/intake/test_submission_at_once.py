from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from django.db import connections

from accounts.models import ConsentEntry
from outbox.models import Letter
from reports.models import Dispatch, Report
from tests.factories import submitted


def test_the_same_report_sent_many_times_at_once_is_one(committed):
    submission_id = uuid4()

    def send(_number):
        try:
            return submitted(submission_id=submission_id, email="a@example.org", consent=True).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as pool:
        assert len(set(pool.map(send, range(6)))) == 1
    assert Report.objects.count() == Dispatch.objects.count() == 1
    assert Letter.objects.count() == ConsentEntry.objects.count() == 1
