"""The resident's own list and map: one selection, nobody else's, a constant number of queries."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from allauth.usersessions.models import UserSession
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from own_reports.models import Visit
from panel.switches.acts import end_break
from reports.handling.status import change_status
from reports.models import Photo, Report, Status
from reports.second_thoughts.remarks import add_remark
from reports.second_thoughts.verdicts import give_verdict
from tests.factories import category, dispatched, submitted
from tests.switching import break_in

LIST, POINTS = "/konto/zgloszenia/", "/konto/zgloszenia/punkty/"
GEOJSON, CSV = "/konto/zgloszenia/geojson/", "/konto/zgloszenia/csv/"


@pytest.fixture
def logged_in(client, resident):
    """The browser of the resident, logged in."""
    client.force_login(resident)
    resident.refresh_from_db()
    return client


def sent(resident, *, days: int = 0, **changes) -> Report:
    report = dispatched(owner=resident, **changes)
    if days:
        moment = timezone.now() - timedelta(days=days)
        Report.objects.filter(pk=report.pk).update(created_at=moment, updated_at=moment)
    return report


def listed(client, query: str = "") -> set[str]:
    return {report.reference for report in client.get(LIST + query).context["page"]}


def mapped(client, query: str = "") -> set[str]:
    features = client.get(POINTS + query).json()["features"]
    return {feature["properties"]["reference"] for feature in features}


def test_only_ones_own(logged_in, resident, other_resident):
    own = sent(resident)
    sent(other_resident)
    submitted()
    assert listed(logged_in) == mapped(logged_in) == {own.reference}


def test_older_ones_are_not_shown(logged_in, resident):
    new, _old = sent(resident), sent(resident, days=260)
    assert listed(logged_in) == mapped(logged_in) == {new.reference}


def test_the_months_are_those_of_this_log_in(logged_in, resident):
    """A session that was opened in another month shows what it showed then."""
    logged_in.get(LIST)
    old = sent(resident, days=260)
    UserSession.objects.update(created_at=timezone.now() - timedelta(days=100))
    assert listed(logged_in) == mapped(logged_in) == {old.reference}


def rows_in(answer) -> list[list[str]]:
    text = answer.content.decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 3),
        ("?status=resolved", 1),
        ("?status=forwarded", 2),
        # By the address that was typed, and by the nearest one.
        ("?q=Piotrkowska", 3),
        ("?q=torach", 1),
        ("?q=nic takiego", 0),
        ("?away=tak", 0),
        ("?status=resolved&q=studzienka", 1),
    ],
)
def test_list_map_and_files_show_one_selection(logged_in, resident, query, count):
    sent(resident)
    sent(resident, address="Piotrkowska 104")
    done = sent(resident, description="Zapadnięta studzienka przy torach.")
    change_status(done, Status.RESOLVED, note="Zrobione.")
    rows = rows_in(logged_in.get(CSV + query))
    assert len(listed(logged_in, query)) == len(mapped(logged_in, query)) == count
    assert len(logged_in.get(GEOJSON + query).json()["features"]) == len(rows) - 1 == count


STRANGE = ["?status=nonsense", "?strona=999", "?q=%00", "?away=x&changed=x"]


@pytest.mark.parametrize("query", STRANGE)
def test_a_strange_address_is_no_fault(logged_in, resident, query):
    sent(resident)
    for path in (LIST, POINTS, GEOJSON, CSV):
        assert logged_in.get(path + query).status_code == (400 if "%00" in query else 200)


def test_the_number_of_queries_does_not_grow(logged_in, resident):
    sent(resident)
    counts = []
    for more in (0, 12):
        for _number in range(more):
            sent(resident)
        logged_in.get(LIST)
        for path in (LIST, POINTS, GEOJSON, CSV):
            with CaptureQueriesContext(connection) as queries:
                logged_in.get(path)
            counts.append(len(queries))
    assert counts[:4] == counts[4:]


def test_what_changed_since_the_last_visit(logged_in, resident, time_machine):
    quiet, busy = sent(resident), sent(resident)
    assert listed(logged_in, "?changed=tak") == set()
    with time_machine(hours=2):
        change_status(busy, Status.IN_PROGRESS)
    with time_machine(hours=3):
        assert (
            listed(logged_in, "?changed=tak")
            == mapped(logged_in, "?changed=tak")
            == {busy.reference}
        )
        assert "nowe" in logged_in.get(LIST).text
    # An hour later it is news no more.
    with time_machine(hours=5):
        assert listed(logged_in, "?changed=tak") == set()
    assert quiet.status == Status.FORWARDED
    assert Visit.objects.count() == 1


def test_in_a_break_the_list_is_read_and_news_stays_news(logged_in, resident, time_machine):
    busy = sent(resident)
    listed(logged_in)
    with time_machine(hours=1):
        change_status(busy, Status.IN_PROGRESS)
    first = Visit.objects.get()
    with time_machine(hours=2):
        pause = break_in(0)
        assert listed(logged_in, "?changed=tak") == {busy.reference}
        again = Visit.objects.get()
        assert (again.at, again.before) == (first.at, None)
        end_break(pause, by=None)
        assert listed(logged_in, "?changed=tak") == {busy.reference}
    assert Visit.objects.get().before == first.at


def test_who_comes_in_a_break_for_the_first_time_sees_the_list(logged_in, resident):
    report = sent(resident)
    break_in(0)
    assert listed(logged_in) == {report.reference}
    assert not Visit.objects.exists()


def test_the_year_in_numbers(logged_in, resident):
    done = sent(resident)
    change_status(done, Status.RESOLVED, note="Zrobione.")
    sent(resident)
    sent(resident, days=800)
    summary = logged_in.get(LIST).context["summary"]
    assert (summary.sent, summary.resolved, summary.open) == (2, 1, 1)
    assert summary.year == timezone.localdate().year


def test_one_timeline_with_photos_before_and_after(logged_in, resident):
    report = sent(resident, description="Dziura po kolana.")
    for kind in (Photo.Kind.SENDER, Photo.Kind.RESULT):
        Photo.objects.create(report=report, kind=kind, state=Photo.State.READY)
    hidden = Photo.objects.get(kind=Photo.Kind.RESULT)
    add_remark(report, text="Coraz większa.")
    give_verdict(change_status(report, Status.RESOLVED, note="Zrobione.").report, is_fixed=True)
    page = logged_in.get(f"{LIST}{report.reference}/").text
    steps = ["Przyjęte", "Wysłane do jednostki", "Coraz większa.", "Załatwione"]
    order = [*steps, "Twoja ocena: naprawione"]
    assert [page.index(words) for words in order] == sorted(page.index(words) for words in order)
    # What nobody cleared of the unit's photos is not shown; one's own is.
    assert str(hidden.pk) not in page
    assert str(Photo.objects.get(kind=Photo.Kind.SENDER).pk) in page
    Photo.objects.update(is_public=True)
    page = logged_in.get(f"{LIST}{report.reference}/").text
    assert str(hidden.pk) in page
    assert "Dziura po kolana." in page
    assert report.unit.name in page


def test_a_report_of_somebody_else_is_nowhere(logged_in, other_resident):
    report = sent(other_resident)
    nowhere = {report.reference: 404, "0000-0000-00": 400, "nonsense": 400}
    for reference, status in nowhere.items():
        assert logged_in.get(f"{LIST}{reference}/").status_code == status, reference
    assert logged_in.post(f"{LIST}{report.reference}/polka/", {"away": "1"}).status_code == 404


@pytest.mark.parametrize("verdict", ["fixed", "broken"])
def test_still_broken_or_fixed(logged_in, resident, verdict):
    report = sent(resident)
    change_status(report, Status.RESOLVED, note="Zrobione.")
    page = logged_in.get(f"{LIST}{report.reference}/")
    assert "Nie, nadal nie jest dobrze" in page.text
    path = f"/zgloszenia/{report.reference}/moje/{page.context['key']}/ocena/"
    answer = logged_in.post(path, {"verdict": verdict, "from": "account"})
    assert answer["Location"] == f"{LIST}{report.reference}/"
    report.refresh_from_db()
    assert report.is_final == (verdict == "fixed")


def test_closed_ones_can_be_put_away_and_taken_back(logged_in, resident):
    report = sent(resident)
    path = f"{LIST}{report.reference}/polka/"
    assert logged_in.post(path, {"away": "1"}).status_code == 409
    change_status(report, Status.RESOLVED, note="Zrobione.")
    logged_in.post(path, {"away": "1"})
    assert listed(logged_in) == mapped(logged_in) == set()
    assert listed(logged_in, "?away=tak") == {report.reference}
    logged_in.post(path, {"away": "0"})
    assert listed(logged_in) == {report.reference}


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "abc", "own_reports:report", ""]
)
def test_putting_away_leads_nowhere_else(logged_in, resident, target):
    report = sent(resident)
    path = f"{LIST}{report.reference}/polka/"
    assert logged_in.post(path, {"away": "0", "next": target})["Location"] == LIST


def test_a_spreadsheet_runs_nothing(logged_in, resident):
    sent(resident, description="=HYPERLINK(1)", address="+48 1")
    [_head, row] = rows_in(logged_in.get(CSV))
    assert "'=HYPERLINK(1)" in row
    assert "'+48 1" in row


def test_a_polish_spreadsheet_opens_the_file(logged_in, resident):
    """It wants semicolons, a comma in decimals, and the mark by which it recognises UTF-8."""
    report = sent(resident)
    answer = logged_in.get(CSV)
    assert answer.content.startswith(b"\xef\xbb\xbf")
    [head, row] = rows_in(answer)
    assert head[0] == "Numer"
    assert row[0] == report.reference
    assert row[-2:] == [str(value).replace(".", ",") for value in report.location.coords]


def test_the_files_say_what_the_resident_wrote(logged_in, resident):
    report = sent(resident, category=category("inna-sprawa"))
    [feature] = logged_in.get(GEOJSON).json()["features"]
    assert feature["properties"]["description"] == report.description
    assert feature["geometry"]["coordinates"] == list(report.location.coords)
