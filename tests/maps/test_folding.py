"""Adding up in batches, by one worker at a time; editions of the data; mending."""

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections

from maps.models import SummaryCell, SummaryChange, SummaryState
from maps.selection import Selection
from maps.summary.folding import fold, fold_due
from maps.summary.reading import count_all
from maps.summary.recounting import check, repair
from maps.summary.tiling import read_edition
from reports.models import Report
from tests.factories import submitted

LOST = SummaryCell.objects.filter(level=7)


@pytest.fixture
def other_worker(committed):
    """Somebody else who adds up: a connection that has locked the state and does not end."""
    submitted()
    other = connections.create_connection("default")
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT * FROM maps_summarystate FOR UPDATE")
    with connection.cursor() as cursor:
        # Whoever waits for it is seen to.
        cursor.execute("SET lock_timeout = 200")
    yield
    with connection.cursor() as cursor:
        cursor.execute("RESET lock_timeout")
    other.rollback()
    other.close()


def test_while_one_worker_adds_up_a_second_one_leaves_at_once(other_worker):
    assert fold() == 0
    assert SummaryChange.objects.count() == 1


def test_whoever_mends_waits_for_the_worker_that_adds_up(other_worker):
    with pytest.raises(OperationalError, match="lock timeout"):
        repair()


@pytest.mark.django_db
def test_a_batch_has_no_more_than_so_many_changes_the_oldest_first():
    for _number in range(3):
        submitted()
    newest = SummaryChange.objects.latest("pk")
    assert fold(most=2) == 2
    assert list(SummaryChange.objects.all()) == [newest]
    assert count_all(Selection()).total == 3


@pytest.mark.django_db
def test_a_table_that_is_emptied_at_once_empties_the_numbers_and_has_another_edition():
    submitted(), fold_due(), submitted()
    before = read_edition()
    with connection.cursor() as cursor:
        # Nothing may still wait for the end of the transaction.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("TRUNCATE reports_report CASCADE")
    assert count_all(Selection()).total == 0
    assert not SummaryCell.objects.exists()
    assert not SummaryChange.objects.exists()
    after = read_edition()
    submitted()
    assert len({before, after, read_edition()}) == 3


@pytest.mark.django_db
def test_a_report_that_moves_within_its_square_moves_the_middle():
    report = submitted()
    fold_due()
    Report.objects.filter(pk=report.pk).update(location="SRID=4326;POINT(19.4571001 51.7652)")
    fold_due()
    assert check() == 0


@pytest.mark.django_db
def test_mending_leaves_no_empty_squares():
    report = submitted()
    fold_due()
    Report.objects.filter(pk=report.pk).update(is_hidden=True)
    fold_due()
    assert SummaryCell.objects.filter(total=0).exists()
    assert repair() == 0
    assert not SummaryCell.objects.exists()


@pytest.mark.django_db
def test_the_edition_is_another_only_if_something_was_mended():
    submitted(), fold_due()
    before = read_edition()
    assert repair() == 0
    assert read_edition() == before
    LOST.delete()
    assert repair() > 0
    assert read_edition() != before


@pytest.mark.django_db
def test_mending_moves_the_periods_on_first(time_machine):
    submitted(), fold_due()
    with time_machine(days=40):
        assert repair() == 0
        assert SummaryCell.objects.filter(month__gt=0).count() == 0
        assert check() == 0


@pytest.mark.django_db
def test_a_summary_that_was_never_filled_is_filled_and_has_no_lasting_edition_before():
    submitted(), fold_due()
    SummaryState.objects.all().delete()
    SummaryCell.objects.all().delete()
    assert fold() == 0
    assert read_edition() != read_edition()
    call_command("check_map", "--repair", verbosity=0)
    assert SummaryState.objects.exists()
    assert read_edition() == read_edition()
    assert check() == 0


@pytest.mark.django_db
def test_the_command_says_what_is_wrong_and_mends_only_if_told(capsys):
    submitted(), fold_due()
    call_command("check_map")
    assert "those of a recount" in capsys.readouterr().out
    LOST.delete()
    for _time in range(2):
        with pytest.raises(CommandError, match="check_map --repair"):
            call_command("check_map")
    call_command("check_map", "--repair")
    assert "Squares mended" in capsys.readouterr().out
    call_command("check_map")
