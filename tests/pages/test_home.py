"""The front page: three ways in, numbers of a minute that it names, announcements, last changes."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils import timezone

from maps.summary.folding import fold_due
from pages import home
from pages.counting import Figures, count_reports
from reports.handling.status import change_status
from reports.models import Report, Status
from tests.factories import CITY_HALL, dispatched, submitted
from tests.pages.entries import ago, news

HOME, NEAR = reverse("home"), reverse("pages:near")
FAR = Point(19.56, 51.80, srid=4326)


def resolve(report: Report, operator) -> None:
    change_status(report, Status.RESOLVED, by=operator, note="Naprawione.")


def test_the_ways_in_are_links(client, db):
    page = client.get(HOME).content.decode()
    for name in ("reports:new", "reports:status-search"):
        assert f'href="{reverse(name)}"' in page


@pytest.mark.parametrize("is_folded", [False, True])
def test_the_numbers_are_those_of_this_moment(client, db, operator, is_folded):
    resolve(dispatched(), operator)
    submitted()
    if is_folded:
        fold_due()
    submitted()
    assert client.get(HOME).context["figures"] == Figures(open=2, resolved=1, sent=3)


def test_hidden_reports_and_those_of_long_ago_do_not_count(db):
    Report.objects.filter(pk=submitted().pk).update(is_hidden=True)
    Report.objects.filter(pk=submitted().pk).update(created_at=ago(days=31))
    assert count_reports() == Figures(open=1, resolved=0, sent=0)


def test_what_was_resolved_long_ago_is_no_news(client, db, operator, time_machine):
    resolve(dispatched(), operator)
    with time_machine(days=29):
        assert count_reports() == Figures(open=0, resolved=1, sent=1)
    with time_machine(days=30):
        assert count_reports() == Figures(open=0, resolved=0, sent=0)


def test_pinned_news_are_announced_until_they_expire(client, db):
    news("a", title="Ważne", is_pinned=True)
    news("b", title="Zwykłe")
    news("c", title="Minione", is_pinned=True, published_at=ago(days=2), expires_at=ago(days=1))
    page = client.get(HOME).content.decode()
    assert "Ważne" in page
    assert "Zwykłe" not in page
    assert "Minione" not in page


def test_what_changed_last_comes_first(client, db):
    first, second = submitted(), submitted()
    Report.objects.filter(pk=first.pk).update(updated_at=timezone.now() + timedelta(minutes=1))
    assert list(client.get(HOME).context["latest"]) == [first, second]


def test_the_front_page_takes_the_same_few_statements_however_many_there_are(
    client, db, django_assert_num_queries
):
    for _number in range(4):
        submitted()
    client.get(HOME)
    with django_assert_num_queries(6):
        client.get(HOME)


def test_what_changed_near_an_address_is_listed(client, db):
    here, _far = submitted(location=CITY_HALL), submitted(location=FAR)
    page = client.get(NEAR, {"place": f"{CITY_HALL.y}, {CITY_HALL.x}"})
    assert page.context["changed"] == [here]


def test_the_newest_near_an_address_are_listed_the_last_change_first(client, db, monkeypatch):
    monkeypatch.setattr(home, "_NEAR", 2)
    _oldest, old, new = (submitted(location=CITY_HALL) for _number in range(3))
    submitted(location=FAR)
    page = client.get(NEAR, {"place": f"{CITY_HALL.y}, {CITY_HALL.x}"})
    assert page.context["changed"] == [new, old]


def test_hidden_reports_are_not_near(client, db):
    Report.objects.filter(pk=submitted(location=CITY_HALL).pk).update(is_hidden=True)
    page = client.get(NEAR, {"place": f"{CITY_HALL.y}, {CITY_HALL.x}"})
    assert page.context["changed"] == []
    assert "nic się nie zmieniło" in page.content.decode()


@pytest.mark.parametrize(
    "place",
    [
        "",
        " ",
        "nie ma takiej ulicy 7",
        "0, 0",
        "1e999, 1",
        "nan, nan",
        "52.2297, 21.0122",
        "x" * 300,
    ],
)
def test_a_place_that_is_none_is_said_by_the_field(client, db, place):
    page = client.get(NEAR, {"place": place})
    assert page.status_code == 400
    assert page.context["near_form"].errors["place"]


def test_who_asks_what_is_near_is_kept_by_no_proxy(client, db):
    assert "no-store" in client.get(NEAR)["Cache-Control"]
