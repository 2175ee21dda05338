"""The filters of the map in an address: read, written back, and refused in words."""

from datetime import date

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from maps.selection import (
    FIRST_VIEW,
    Period,
    Selection,
    StatusClass,
    WrongSelection,
    read_selection,
)
from reports.models import Report, Status
from tests.factories import category, submitted

pytestmark = pytest.mark.django_db


def read(text: str) -> Selection:
    return read_selection(QueryDict(text))


def test_an_address_without_filters_selects_everything():
    assert read("") == read("kategoria=&okres=&osiedle=") == Selection()


def test_every_filter_is_read():
    assert read(
        "kategoria=graffiti&kategoria=wrak&grupa=zima&status=czeka&okres=30-dni&miesiac=2026-09"
        "&osiedle=katedralna"
    ) == Selection(
        categories=frozenset({"graffiti", "wrak"}),
        groups=frozenset({"zima"}),
        statuses=frozenset({StatusClass.WAITING}),
        period=Period.MONTH,
        month=date(2026, 9, 1),
        district="katedralna",
    )


@given(
    categories=st.frozensets(st.sampled_from(["graffiti", "wrak"])),
    groups=st.frozensets(st.sampled_from(["zima", "drogi"])),
    statuses=st.frozensets(st.sampled_from(list(StatusClass))),
    period=st.sampled_from(list(Period)),
    month=st.none()
    | st.dates(date(1990, 1, 1), date(2199, 12, 31)).map(lambda d: d.replace(day=1)),
)
def test_what_is_written_is_read_back(**fields):
    selection = Selection(**fields)
    assert read(selection.as_query()) == selection


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kategoria=nie-ma", "kategoria"),
        ("kategoria=graffiti&kategoria=%00", "kategoria"),
        ("grupa=graffiti", "grupa"),
        ("status=received", "status"),
        ("okres=7-dni", "okres"),
        ("miesiac=2026-13", "miesiac"),
        ("miesiac=9999-12", "miesiac"),
        ("miesiac=2026-9", "miesiac"),
        ("osiedle=" + 100 * "x", "osiedle"),
        ("osiedle=%00", "osiedle"),
    ],
)
def test_what_names_nothing_is_refused_by_its_field(query, field):
    with pytest.raises(WrongSelection) as refused:
        read(query)
    assert list(refused.value.fields) == [field]
    assert refused.value.status == 400


def test_all_wrong_fields_are_named_at_once():
    with pytest.raises(WrongSelection) as refused:
        read("kategoria=x&okres=x")
    assert set(refused.value.fields) == {"kategoria", "okres"}


def test_every_status_belongs_to_one_class():
    counts = [len(Selection(statuses=frozenset({one})).status_words) for one in StatusClass]
    assert sum(counts) == len(Status.values)


def test_the_first_view_leaves_out_what_is_old_or_done():
    shown, old, done, hidden = (submitted() for _number in range(4))
    Report.objects.filter(pk=old.pk).update(created_at=date(2020, 1, 1).isoformat() + "T12:00Z")
    Report.objects.filter(pk=done.pk).update(status=Status.RESOLVED)
    Report.objects.filter(pk=hidden.pk).update(is_hidden=True)
    assert list(FIRST_VIEW.filter(Report.objects.all())) == [shown]


def test_reports_of_any_named_category_or_group_are_selected():
    pothole, graffiti = submitted(), submitted(category=category("graffiti"))
    submitted(category=category("wysoka-trawa"))
    found = read("kategoria=graffiti&grupa=drogi").filter(Report.objects.all())
    assert set(found) == {pothole, graffiti}
