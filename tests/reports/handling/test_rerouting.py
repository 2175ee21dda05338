"""Open reports after new boundaries have come into force, and after a return."""

from contextlib import closing
from datetime import timedelta
from threading import Barrier, Thread

import psycopg
import pytest
from django.contrib.gis.geos import LineString
from django.db import connection, connections
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from accounts.models import User
from catalogue.models import RoutingRule
from districts.editions.activating import activate_edition, return_to_previous
from districts.locating import locate
from districts.models import Border, Edition
from reports.handling.consequences import find_consequences
from reports.handling.correcting import correct_place, forward
from reports.handling.rerouting import go_through, owe_reroutings, reroute_due
from reports.handling.returning import returned_activations
from reports.handling.status import change_status
from reports.handling.staying import AlreadyHandedOver, choose_staying
from reports.models import Report, Rerouting, Status
from reports.placing import GivenPlace
from tests.accounts.letters import letters_to, text_of
from tests.depth import examples
from tests.districts.editions.drafts import approved, exchanged, gis, inside, square
from tests.factories import CITY_HALL, POTHOLE, category, dispatched, send_to_units, submitted
from tests.locks import number_waiting
from tests.people import person
from tests.scratch import ALIAS, address_of, scratch_portal
from tests.template import template_database
from units.models import Unit

# The annex gives this category in katedralna to ZDiT, and elsewhere to WGK.
PAVEMENT = "uszkodzony-chodnik"


@pytest.fixture(scope="module")
def portal(django_db_setup, django_db_blocker):
    """A database of its own, with real commits; its next edition waits for its start."""
    with django_db_blocker.unblock(), scratch_portal(template_database()) as scratch:
        exchanged("next")
        yield scratch


@pytest.fixture(autouse=True)
def first(portal) -> Edition:
    """The first edition is in force, nothing is owed, and there is no report."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_report, reports_stayinggroup, outbox_letter CASCADE")
    edition = Edition.objects.get(code="2026-01")
    if Edition.objects.in_force() != edition:
        activate_edition(edition, by=gis("gis2"))
    reroute_due()
    return edition


def come(code: str = "next") -> Edition:
    """Bring that edition into force."""
    edition = Edition.objects.get(code=code)
    activate_edition(edition, by=gis("gis2"))
    return edition


def go_back() -> None:
    return_to_previous(Edition.objects.in_force().layer, by=gis("gis2"))


def pavement(**values) -> Report:
    return dispatched(**{"category": category(PAVEMENT), "location": CITY_HALL} | values)


def routing(report: Report) -> tuple:
    """What binds: of the report and of its last assignment."""
    row = Report.objects.select_related("district__edition", "unit").get(pk=report.pk)
    last = row.assignments.last()
    assert (last.district_id, last.edition_id) == (row.district_id, row.district.edition_id)
    assert last.unit_id == row.unit_id
    place = (row.district.code, row.district.edition.code, round(row.metres_to_border, 3))
    return *place, row.unit.code, last.mode, last.rule_id, last.region_id


def short(report: Report) -> tuple[str, str, str]:
    district, edition, _metres, unit, *_rest = routing(report)
    return district, edition, unit


def test_an_open_report_goes_to_the_unit_of_the_new_boundaries():
    report = pavement(email="maria@example.org", consent=True)
    assert short(report) == ("katedralna", "2026-01", "zdit")
    come()
    assert reroute_due() == 1
    assert short(report) == ("lagiewniki", "next", "wgk")
    place = locate(CITY_HALL)
    report.refresh_from_db()
    assert report.metres_to_border == pytest.approx(place.metres_to_border)
    last = report.assignments.last()
    assert (last.reason, last.by) == ("nowe granice next", None)
    assert last.activation.edition.code == "next"
    row = Rerouting.objects.get(activation=last.activation)
    assert (row.handed_over, row.moved, row.ended_at) == (1, 0, None)
    assert reroute_due() == 0
    assert report.assignments.count() == 2


def test_whoever_waits_for_it_is_told_once_in_one_sentence():
    report = pavement(email="maria@example.org", consent=True)
    come()
    reroute_due()
    send_to_units()
    reroute_due()
    report.refresh_from_db()
    assert report.status == Status.FORWARDED
    [note] = [step.note for step in report.changes.all() if step.note]
    wgk = Unit.objects.get(code="wgk").name
    assert note == (
        "Zmieniły się granice, według których dzielimy zadania (wydanie next), więc tę sprawę"
        f" prowadzi teraz: {wgk}."
    )
    told = [letter for letter in letters_to("maria@example.org") if note in text_of(letter)]
    assert len(told) == 1


def test_a_unit_that_keeps_it_is_sent_nothing_and_nobody_is_told():
    report = pavement(category=category(POTHOLE), email="maria@example.org", consent=True)
    letters = len(letters_to("maria@example.org"))
    come()
    assert reroute_due() == 1
    assert short(report) == ("lagiewniki", "next", "zdit")
    send_to_units()
    assert report.dispatches.count() == 1
    assert len(letters_to("maria@example.org")) == letters


def test_what_is_on_its_way_to_the_unit_before_is_taken_back():
    report = submitted(category=category(PAVEMENT), location=CITY_HALL)
    come()
    reroute_due()
    states = report.dispatches.order_by("pk").values_list("unit__code", "state")
    assert list(states) == [("zdit", "superseded"), ("wgk", "owed")]


def test_what_the_boundaries_do_not_move_stays_as_it_was():
    elsewhere = pavement(location=inside(0, 30))
    ended, by_hand = pavement(), pavement()
    change_status(ended, Status.RESOLVED, note="Zrobione.")
    forward(by_hand, Unit.objects.get(code="zzm"), by=person("olga", role="operator"))
    before = [routing(report) for report in (elsewhere, ended)]
    come()
    assert reroute_due() == 1
    assert [routing(report) for report in (elsewhere, ended)] == before
    # Its district is the new one, but a person's decision stands.
    assert short(by_hand) == ("lagiewniki", "next", "zzm")


def test_a_report_whose_sender_named_an_address_of_the_district_keeps_its_code():
    report = pavement(address="Piotrkowska 104", is_approximate=True)
    come()
    assert reroute_due() == 0
    assert short(report) == ("katedralna", "2026-01", "zdit")


def test_the_side_that_a_sender_chose_holds_while_that_border_is_near(first):
    border = Border.objects.filter(
        edition=first, left__code="katedralna", right__code="srodmiescie-wschod"
    )[0]
    on_border = border.segment.centroid.transform(4326, clone=True)
    chosen = pavement(location=on_border, side="srodmiescie-wschod")
    other = pavement(location=on_border, side="katedralna")
    come()
    assert reroute_due() == 1
    assert short(chosen)[:2] == ("srodmiescie-wschod", "2026-01")
    assert short(other)[1] == "next"


def test_most_of_a_line_decides_and_its_shares_follow():
    x, y = CITY_HALL.coords
    line = LineString((x, y), (x, y + 0.002), srid=4326)
    report = pavement(location=inside(0, 0))
    olga = person("olga4", role="operator")
    correct_place(report, GivenPlace(extent=line), by=olga)
    assert short(report)[0] == "katedralna"
    come()
    assert reroute_due() == 1
    assert short(report) == ("lagiewniki", "next", "wgk")
    shares = report.touched.values_list("district__code", "district__edition__code", "part")
    assert list(shares) == [("lagiewniki", "next", 1.0)]


def test_a_group_that_shall_stay_keeps_the_edition_that_routed_it(first):
    stays, goes = pavement(), pavement(category=category(POTHOLE))
    edition = Edition.objects.get(code="next")
    groups = {one.report: one.group for one in find_consequences(first, edition).changed}
    choose_staying(edition, first, [groups[stays.pk]], by=gis("gis"))
    come()
    assert reroute_due() == 1
    assert short(stays) == ("katedralna", "2026-01", "zdit")
    assert short(goes) == ("lagiewniki", "next", "zdit")
    with pytest.raises(AlreadyHandedOver):
        choose_staying(edition, first, [], by=gis("gis"))


def test_a_start_that_lay_ahead_is_found_when_its_hour_has_come(time_machine):
    report = pavement()
    edition = Edition.objects.get(code="next")
    start = activate_edition(edition, by=gis("gis2"), at=timezone.now() + timedelta(hours=1))
    assert reroute_due() == 0
    with time_machine(hours=2):
        assert reroute_due() == 1
    assert short(report) == ("lagiewniki", "next", "wgk")
    Rerouting.objects.filter(activation=start).delete()
    Report.objects.all().delete()
    start.delete()


def test_a_report_located_before_and_written_after_the_switch_is_found(time_machine):
    """Its transaction waits where it writes, with the district of the old edition in its hands."""
    written = []

    def submit() -> None:
        connections["default"] = connections[ALIAS]
        with closing(connection):
            written.append(submitted(category=category(PAVEMENT), location=CITY_HALL))

    thread = Thread(target=submit)
    name = connection.settings_dict["NAME"]
    with psycopg.connect(address_of(name)) as other:
        other.execute("LOCK TABLE reports_report IN EXCLUSIVE MODE")
        thread.start()
        while not number_waiting():
            pass
        come()
        assert reroute_due() == 0
    thread.join()
    assert short(written[0]) == ("katedralna", "2026-01", "zdit")
    with time_machine(minutes=6):
        assert reroute_due() == 1
        assert short(written[0]) == ("lagiewniki", "next", "wgk")
        assert not Rerouting.objects.filter(ended_at=None).exists()


def test_two_at_once_route_each_report_once():
    reports = [pavement() for _number in range(6)]
    come()
    barrier, counts = Barrier(2), []

    def run() -> None:
        connections["default"] = connections[ALIAS]
        with closing(connection):
            barrier.wait()
            counts.append(reroute_due())

    threads = [Thread(target=run) for _number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(counts) == 6
    assert [report.assignments.count() for report in reports] == [2] * 6


def test_who_lost_the_lease_leaves_the_rest_to_the_next(settings):
    """Its batches are undone or done whole; nothing is doubled."""
    settings.LEASE_SECONDS = 0
    reports = [pavement() for _number in range(3)]
    come()
    owe_reroutings()
    # Its lease has ended at once, so another call may have it meanwhile.
    [stale] = Rerouting.objects.due(timezone.now()).claim(timezone.now(), most=1)
    settings.LEASE_SECONDS = 120
    [held] = Rerouting.objects.due(timezone.now()).claim(timezone.now(), most=1)
    assert go_through(stale) == 0
    assert go_through(held) == 3
    assert go_through(stale) == 0
    assert [report.assignments.count() for report in reports] == [2] * 3


def test_a_return_brings_back_what_nobody_worked_on(first):
    untouched, worked_on = pavement(), pavement()
    before = routing(untouched)
    come()
    reroute_due()
    send_to_units()
    change_status(worked_on, Status.IN_PROGRESS, by=person("wanda2", unit="wgk"))
    later = pavement()
    next_edition = Edition.objects.in_force()
    preview = find_consequences(next_edition, first, returned=returned_activations(first))
    assert {one.report for one in preview.changed} == {untouched.pk, later.pk}
    assert [one.report for one in preview.kept] == [worked_on.pk]
    go_back()
    assert reroute_due() == 2
    assert routing(untouched) == before
    assert untouched.assignments.last().reason == "powrót do granic 2026-01"
    assert short(worked_on) == ("lagiewniki", "next", "wgk")
    assert short(later) == ("katedralna", "2026-01", "zdit")


def test_boundaries_that_were_taken_back_before_anything_was_routed_move_nothing():
    report = pavement()
    come()
    go_back()
    assert reroute_due() == 0
    assert report.assignments.count() == 1


def test_regions_of_another_layer_move_reports_too():
    report = pavement(location=inside(0, 0), category=category("latarnia"))
    was = short(report)
    mowing = approved("mowing-1", {"a": square(0)})
    rule = RoutingRule.objects.create(
        category=category("latarnia"),
        scope=RoutingRule.Scope.REGION,
        layer=mowing.layer,
        district_code="a",
        unit=Unit.objects.get(code="zzm"),
        mode=RoutingRule.Mode.AUTOMATIC,
    )
    activate_edition(mowing, by=gis("gis2"))
    assert reroute_due() == 1
    assert short(report) == (*was[:2], "zzm")
    assert report.assignments.last().region == mowing.districts.get()
    second = approved("mowing-2", {"b": square(0)})
    activate_edition(second, by=gis("gis2"))
    assert reroute_due() == 1
    assert short(report) == was
    assert report.assignments.last().region is None
    return_to_previous(mowing.layer, by=gis("gis2"))
    assert reroute_due() == 1
    assert report.assignments.last().rule == rule
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE reports_report CASCADE")
    rule.delete()


STORIES = st.lists(
    st.tuples(
        st.sampled_from([PAVEMENT, POTHOLE, "dzikie-wysypisko"]),
        st.sampled_from([CITY_HALL, inside(0, 0), inside(0, 30), inside(-3, -2)]),
        st.sampled_from(["sent", "dispatched", "by hand", "ended"]),
    ),
    min_size=1,
    max_size=5,
)


@hypothesis_settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(stories=STORIES)
def test_new_boundaries_and_a_return_restore_every_routing(stories):
    olga = User.objects.filter(username="olga2").first() or person("olga2", role="operator")
    reports = []
    for code, point, story in stories:
        report = submitted(category=category(code), location=point)
        if story != "sent":
            send_to_units()
        if story == "by hand":
            forward(report, Unit.objects.get(code="zzm"), by=olga)
        if story == "ended":
            report.refresh_from_db()
            # A dump resolved would need a photo of the result.
            change_status(report, Status.REJECTED, note="Teren prywatny.")
        reports.append(report)
    before = [routing(report) for report in reports]
    come()
    reroute_due()
    send_to_units()
    go_back()
    reroute_due()
    assert [routing(report) for report in reports] == before
