"""A row is claimed by one worker, for a limited time: letters stand here for every such row."""

import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection, connections, transaction
from django.utils import timezone

from outbox.models import Letter

LEASE = timedelta(seconds=settings.LEASE_SECONDS)


def letters(count: int = 1) -> list[Letter]:
    made = [Letter(key=f"letter-{n}", next_attempt_at=timezone.now()) for n in range(count)]
    return Letter.objects.bulk_create(made)


def free(now=None):
    return Letter.objects.unleased(now or timezone.now()).order_by("pk")


def claimed_ids(rows) -> list[int]:
    return [row.pk for row in rows]


@pytest.mark.django_db
class TestClaiming:
    def test_the_claimed_row_and_its_object_carry_the_lease(self):
        letters()
        now = timezone.now()
        [row] = free().claim(now, most=10)
        assert row.leased_until == now + LEASE
        assert Letter.objects.get().leased_until == now + LEASE

    def test_no_more_rows_are_claimed_than_asked_for_and_in_their_order(self):
        made = letters(3)
        assert claimed_ids(free().claim(timezone.now(), most=2)) == claimed_ids(made[:2])
        assert Letter.objects.filter(leased_until=None).get() == made[2]

    def test_a_claimed_row_is_free_again_when_its_lease_ends(self):
        letters()
        now = timezone.now()
        free().claim(now, most=1)
        assert not free(now + LEASE - timedelta(microseconds=1)).exists()
        assert free(now + LEASE).exists()

    def test_a_claim_counts_an_attempt_only_where_it_is_asked_to(self):
        letters()
        [row] = free().claim(timezone.now(), most=1)
        assert (row.attempts, Letter.objects.get().attempts) == (0, 0)
        later = timezone.now() + LEASE * 2
        [row] = free(later).claim(later, most=1, counts_attempt=True)
        assert (row.attempts, Letter.objects.get().attempts) == (1, 1)

    def test_a_claim_takes_two_statements_and_one_where_nothing_is_due(
        self, django_assert_num_queries
    ):
        letters(5)
        with django_assert_num_queries(2):
            free().claim(timezone.now(), most=10)
        with django_assert_num_queries(1):
            assert free().claim(timezone.now(), most=10) == []


def test_rows_that_another_transaction_has_locked_are_passed_over(committed):
    first, second = letters(2)
    claimed = []

    def claim_beside() -> None:
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '5s'")
        claimed.extend(claimed_ids(free().claim(timezone.now(), most=10)))
        connections.close_all()

    with transaction.atomic():
        Letter.objects.select_for_update().get(pk=first.pk)
        worker = threading.Thread(target=claim_beside)
        worker.start()
        worker.join()
    assert claimed == [second.pk]


@pytest.mark.django_db
class TestHolding:
    def test_a_claimed_row_is_still_leased(self):
        letters(2)
        rows = free().claim(timezone.now(), most=10)
        assert set(Letter.objects.still_leased(rows)) == set(rows)

    def test_a_row_that_another_worker_has_claimed_since_is_not(self):
        first, second = letters(2)
        start = timezone.now() - LEASE * 2
        slow = free(start).claim(start, most=10)
        Letter.objects.filter(pk=first.pk).order_by("pk").claim(timezone.now(), most=1)
        assert list(Letter.objects.still_leased(slow)) == [second]

    def test_the_lease_of_one_row_says_nothing_about_another(self):
        now = timezone.now()
        letters(2)
        rows = [free().claim(now + timedelta(seconds=n), most=1)[0] for n in range(2)]
        assert set(Letter.objects.still_leased(rows)) == set(rows)
        rows[0].leased_until, rows[1].leased_until = rows[1].leased_until, rows[0].leased_until
        assert not Letter.objects.still_leased(rows).exists()

    def test_an_object_without_a_lease_holds_nothing(self):
        assert not Letter.objects.still_leased(letters()).exists()

    def test_no_rows_are_asked_for_without_a_statement(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert list(Letter.objects.still_leased([])) == []


@pytest.mark.django_db
class TestRenewing:
    def test_a_renewed_lease_ends_later(self):
        letters()
        [row] = free().claim(timezone.now() - timedelta(seconds=60), most=1)
        before = row.leased_until
        assert Letter.objects.renew(row)
        assert row.leased_until >= before + timedelta(seconds=60)
        assert Letter.objects.get().leased_until == row.leased_until

    def test_a_lease_that_another_worker_took_is_not_renewed(self):
        letters()
        start = timezone.now() - LEASE * 2
        [slow] = free(start).claim(start, most=1)
        [quick] = free().claim(timezone.now(), most=1)
        assert not Letter.objects.renew(slow)
        assert slow.leased_until is None
        assert Letter.objects.get().leased_until == quick.leased_until

    def test_a_row_outside_the_set_is_not_renewed(self):
        letters()
        [row] = free().claim(timezone.now(), most=1)
        Letter.objects.update(state="cancelled")
        assert not Letter.objects.queued().renew(row)
