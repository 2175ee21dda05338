"""The summary of the map has, at every instant, the numbers of a recount."""

import pytest

from maps.models import SummaryCell, SummaryChange
from maps.selection import Selection
from maps.summary.folding import fold_due
from maps.summary.reading import count_all, count_cells
from maps.summary.recounting import check, repair
from tests.factories import submitted

pytestmark = pytest.mark.django_db
CITY = (19.3, 51.6, 19.7, 51.9)


def test_a_report_is_counted_before_anybody_folded_it():
    submitted()
    assert count_all(Selection()).total == 1
    assert SummaryChange.objects.count() == 1


def test_folding_moves_the_log_into_the_cells_and_changes_no_number():
    submitted()
    before = count_cells(Selection(), CITY, 12)
    assert fold_due() == 1
    assert SummaryChange.objects.count() == 0
    assert SummaryCell.objects.exists()
    assert count_cells(Selection(), CITY, 12) == before
    assert check() == 0


def test_a_lost_cell_is_found_and_repaired():
    submitted()
    fold_due()
    SummaryCell.objects.filter(level=7).delete()
    assert check() > 0
    assert repair() > 0
    assert check() == 0
