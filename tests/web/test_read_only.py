"""During a technical break everything is read and nothing is written, also where the database
itself only reads.
"""

from contextlib import contextmanager, suppress

import pytest
from celery.exceptions import Retry
from django.core.management import call_command
from django.db import connection
from django.http import HttpResponse
from django.urls import reverse

from accounts.models import AuditEntry, Role, User
from regulations import views
from reports.models import Dispatch, Report
from tests.access_words import words_of
from tests.factories import POTHOLE, staffed, submitted
from tests.geo_portal.test_schedule import run
from tests.people import PASSWORD, person, registered
from tests.switching import WHY, break_in, off
from tests.test_access_matrix import ROWS
from tests.web.test_errors import report as report_body
from tests.web.test_errors import send
from web.limits import limiter
from web.models import Break
from web.read_only import PausingTask
from web.switches import current_state

# Who they are in the table of access, which says what they usually get.
WHO = {
    "anonymous": "anonymous",
    "maria": "resident",
    "zenon": "unit_member",
    "olga": "operator",
    "gabriel": "gis",
    "adam": "administrator",
}
# Their GET keeps something in the session, and so says what a form would say.
KEEPING = {
    # The key of a new second factor.
    "mfa_activate_totp",
    # It locks the draft for somebody who is about to change it.
    "panel:edition-editor-draft",
}


@contextmanager
def reading_database():
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
        try:
            yield
        finally:
            cursor.execute("RESET default_transaction_read_only")


@pytest.fixture
def people(committed) -> dict[str, User]:
    call_command("load_roles")
    return {
        "maria": registered("maria"),
        "zenon": person("zenon", unit="zdit"),
        "olga": person("olga", role=Role.OPERATOR),
        "gabriel": person("gabriel", role=Role.GIS),
        "adam": person("adam", role=Role.ADMINISTRATOR),
    }


def read_all(client, words, who: str) -> dict[str, int]:
    """The status of every address that is read, by its name: all of them as nobody and as a
    resident, and as staff what only they open.
    """
    return {
        name: client.get(
            reverse(name, kwargs={key: words.get(word, word) for key, word in given.items()})
        ).status_code
        for name, (method, given, statuses) in ROWS.items()
        if method == "get"
        and (who in ("anonymous", "maria") or statuses[WHO[who]] == 200 != statuses["anonymous"])
    }


@pytest.mark.parametrize("who", WHO)
def test_every_page_is_read_while_the_database_only_reads(client, people, who):
    words = words_of(people["maria"])
    if who != "anonymous":
        client.force_login(people[who])
    with reading_database():
        now = read_all(client, words, who)
    usual = {name: ROWS[name][2][WHO[who]] for name in now}
    differs = {name: (usual[name], now[name]) for name in usual if usual[name] != now[name]}
    assert {name: pair for name, pair in differs.items() if name not in KEEPING} == {}
    assert sum(status == 200 for status in now.values()) > 8
    assert {now[name] for name in differs} <= {503}


@pytest.mark.parametrize("who", ["anonymous", "maria", "zenon"])
def test_during_a_break_postgresql_itself_refuses_what_a_page_would_write(
    client, people, who, monkeypatch
):
    """Not one row is another after every page was read."""
    words = words_of(people["maria"])
    if who != "anonymous":
        client.force_login(people[who])
    break_in(0)
    before = written_rows()
    read_all(client, words, who)
    assert written_rows() == before


def written_rows() -> int:
    """How many rows this connection's database has had inserted, updated and deleted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot(), pg_stat_force_next_flush()")
        cursor.execute("SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_user_tables")
        return cursor.fetchone()[0]


def test_a_view_that_writes_on_reading_is_stopped_by_postgresql(client, people, monkeypatch):
    """Even if somebody makes such a page by mistake."""

    def careless(request):
        AuditEntry.objects.create(action="read", target_type="x", target_id="1")
        return HttpResponse("read")

    monkeypatch.setattr(views, "render", lambda request, *_more, **_named: careless(request))
    assert client.get("/regulamin/").status_code == 200
    assert AuditEntry.objects.count() == 1
    break_in(0)
    answer = client.get("/regulamin/")
    assert (answer.status_code, AuditEntry.objects.filter(action="read").count()) == (503, 1)
    assert "Trwa przerwa techniczna" in answer.text


def test_the_connection_writes_again_after_the_request(client, people):
    break_in(0)
    assert client.get("/regulamin/").status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SHOW default_transaction_read_only")
        assert cursor.fetchone() == ("off",)


@pytest.mark.django_db
def test_what_writes_is_refused_with_the_time_of_the_end(client):
    planned = break_in(0, lasts=30)
    answer = send(client, report_body())
    assert answer.status_code == 503
    assert 1700 < int(answer["Retry-After"]) <= 1801
    assert answer.json()["code"] == "read_only"
    assert answer.json()["until"] == planned.ends_at.isoformat()
    assert not Report.objects.exists()


@pytest.mark.django_db
def test_the_refusals_of_a_report_that_waits_do_not_use_up_its_limit(client, settings):
    settings.RATE_LIMITS_ENABLED = True
    settings.RATE_LIMITS = settings.RATE_LIMITS | {"api:reports": ("20/second", "1/hour")}
    planned = break_in(0)
    assert {send(client, report_body()).status_code for _time in range(3)} == {503}
    Break.objects.filter(pk=planned.pk).update(cancelled_at=planned.starts_at)
    limiter().storage.reset()
    assert send(client, report_body()).status_code == 201


@pytest.mark.django_db
def test_what_was_typed_is_on_the_page_to_be_sent_after_the_break(client):
    break_in(0)
    answer = client.post("/zgloszenia/nowe/", {"description": "Dziura.", "category": POTHOLE})
    assert answer.status_code == 503
    assert 'name="description" value="Dziura."' in answer.text
    assert "Wyślij jeszcze raz" in answer.text


@pytest.mark.django_db
def test_the_form_itself_opens_during_a_break(client):
    break_in(0, sentence="Nowy serwer.")
    answer = client.get("/zgloszenia/nowe/")
    assert answer.status_code == 200
    assert "Trwa przerwa techniczna" in answer.text
    assert "Nowy serwer." in answer.text


@pytest.mark.django_db
def test_a_break_is_announced_on_every_page_three_days_ahead(client, time_machine):
    break_in(4 * 24 * 60, lasts=30, sentence="Nowy serwer.")
    assert "break-banner" not in client.get("/regulamin/").text
    with time_machine(days=2):
        page = client.get("/regulamin/").text
        assert "Przerwa techniczna" in page
        assert "Nowy serwer." in page
        assert "break-banner" in client.get("/nie-ma/").text
        english = client.get("/regulamin/", headers={"Accept-Language": "en"}).text
        assert 'lang="pl">Nowy serwer.' in english
    with time_machine(days=4, minutes=10):
        assert send(client, report_body()).status_code == 503
    with time_machine(days=4, minutes=31):
        assert "break-banner" not in client.get("/regulamin/").text
        assert send(client, report_body()).status_code == 201


@pytest.mark.django_db
def test_only_administrators_log_in_during_a_break_and_may_end_it(client, operator, administrator):
    planned = break_in(0)
    answer = client.post("/konto/logowanie/", {"login": "olga", "password": PASSWORD})
    assert (answer.status_code, "_auth_user_id" in client.session) == (503, False)
    assert "olga" in answer.text
    assert PASSWORD not in answer.text
    answer = client.post("/konto/logowanie/", {"login": "adam", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.post(f"/panel/przelaczniki/przerwa/{planned.pk}/koniec/").status_code == 302
    assert send(client, report_body()).status_code == 201


@pytest.mark.django_db
def test_the_language_may_be_changed_and_anybody_may_log_out_during_a_break(client, resident):
    client.force_login(resident)
    break_in(0)
    answer = client.post("/jezyk/", {"language": "en", "next": "/regulamin/"})
    assert answer.status_code == 302
    assert client.post("/konto/wylogowanie/").status_code == 302


def test_a_write_that_the_database_refuses_is_announced_calmly(client, people):
    with reading_database():
        answer = send(client, report_body())
        page = client.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (503, "read_only")
    assert answer["Retry-After"]
    assert page.status_code == 503
    assert "Trwa przerwa techniczna" in page.text
    assert PASSWORD not in page.text


def test_a_database_that_only_reads_is_a_break_without_announcement(client, people):
    with reading_database():
        assert current_state().only_reads
        assert "Trwa przerwa techniczna." in client.get("/regulamin/").text
    assert not current_state().only_reads
    assert "break-banner" not in client.get("/regulamin/").text


def test_the_log_in_of_a_session_is_not_noted_while_nothing_is_written(client, people):
    client.force_login(people["maria"])
    with reading_database():
        assert client.get("/konto/").status_code == 200


@pytest.mark.django_db
def test_owed_work_stays_owed_during_a_break_and_goes_on_afterwards():
    staffed()
    report = submitted()
    planned = break_in(0)
    run("reports.dispatch_due")
    assert Dispatch.objects.get(report=report).state == Dispatch.State.OWED
    Break.objects.filter(pk=planned.pk).update(cancelled_at=planned.starts_at)
    run("reports.dispatch_due")
    assert Dispatch.objects.get(report=report).state != Dispatch.State.OWED


@pytest.mark.django_db
def test_what_beat_starts_once_a_day_is_put_off_to_the_end_of_the_break(monkeypatch):
    put_off = []

    def retry(_task, **options):
        put_off.append(options)
        return Retry()

    monkeypatch.setattr(PausingTask, "retry", retry)
    break_in(0)
    for name in ("reports.send_digests", "outbox.send_due"):
        with suppress(Retry):
            run(name)
    assert put_off == [{"countdown": 60, "max_retries": None}]


@pytest.mark.django_db
def test_the_state_is_told_to_scripts(client):
    told = client.get("/stan/").json()
    assert (told["only_reads"], told["break"], told["off"]) == (False, None, {})
    planned = break_in(20, lasts=30)
    told = client.get("/stan/").json()
    assert told["only_reads"] is False
    assert told["break"]["starts_at"].startswith(planned.starts_at.isoformat()[:19])
    off("map")
    assert WHY in client.get("/stan/").json()["off"]["map"]
