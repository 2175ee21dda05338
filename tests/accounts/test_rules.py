"""New rules: one letter to everybody, accepting, two reminders, then closing."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import ConsentEntry, RulesNotice, User
from accounts.rules import announcing
from accounts.rules.announcing import announce_rules
from accounts.rules.reminding import (
    close_if_undecided,
    close_undecided,
    notices_to_close,
    send_reminders,
)
from outbox.models import Letter
from regulations.models import Kind, Version
from tests.accounts.letters import letters_to, text_of
from tests.accounts.test_registration import confirm, register
from tests.people import PASSWORD, registered

pytestmark = pytest.mark.django_db
RULES = "/konto/regulamin/"


def publish(*, days: int = 20, number: str = "9.0") -> Version:
    """Rules that come into force in ``days``."""
    now = timezone.now()
    return Version.objects.create(
        kind=Kind.RULES,
        number=number,
        title="Regulamin portalu",
        body="Nowy tekst",
        published_at=now + timedelta(days=min(days, 0)),
        in_force_from=now + timedelta(days=days),
    )


def accept(client, version: Version):
    return client.post(RULES, {"version": version.pk})


def test_without_new_rules_nobody_is_written_to(resident):
    assert announce_rules() == 0
    assert not Letter.objects.exists()


def test_every_resident_gets_one_letter(resident, other_resident, operator):
    version = publish()
    assert announce_rules() == 2
    assert announce_rules() == 0
    day = timezone.localdate(version.in_force_from)
    [letter] = letters_to("maria@example.org")
    assert "9.0" in text_of(letter)
    assert f"do {day.day} " in text_of(letter)
    assert "/konto/regulamin/" in text_of(letter)
    assert not letters_to("olga@example.org")


def test_the_date_leaves_time_also_for_rules_that_bind_already(resident, settings):
    publish(days=-1)
    announce_rules()
    expected = timezone.localdate() + timedelta(days=settings.RULES_DAYS_TO_ACCEPT)
    assert RulesNotice.objects.get().accept_by == expected


def test_an_interrupted_mailing_goes_on_where_it_stopped(monkeypatch):
    people = [registered(f"person{number}") for number in range(7)]
    publish()
    monkeypatch.setattr(announcing, "BATCH_SIZE", 2)
    keys, whole = [], announcing.letter_key

    def dies(*args):
        if len(keys) == 3:
            raise KeyboardInterrupt
        keys.append(whole(*args))
        return keys[-1]

    monkeypatch.setattr(announcing, "letter_key", dies)
    with pytest.raises(KeyboardInterrupt):
        announce_rules()
    # Nothing of the batch that was interrupted is written.
    assert Letter.objects.count() == RulesNotice.objects.count() == 2
    monkeypatch.setattr(announcing, "letter_key", whole)
    assert announce_rules() == 5
    for user in people:
        assert len(letters_to(user.email)) == 1


def test_whoever_registers_during_the_mailing_gets_a_letter_too(resident):
    publish()
    announce_rules()
    registered("late")
    assert announce_rules() == 1


def test_before_they_bind_a_resident_may_decide_later(client, resident):
    publish()
    client.force_login(resident)
    assert "9.0" in client.get("/konto/").text
    page = client.get(RULES).text
    assert "Zdecyduję później" in page
    assert f"/regulamin/9.0/zmiany/{resident.rules_accepted.number}/" in page


def test_once_they_bind_the_account_opens_only_for_who_accepts(client, resident):
    version = publish(days=-1)
    client.force_login(resident)
    for path in ("/konto/", "/konto/zgloszenia/", "/konto/zgody/"):
        assert client.get(path)["Location"] == RULES
    assert "Zdecyduję później" not in client.get(RULES).text
    for path in ("/konto/zamkniecie/", "/", "/zgloszenia/nowe/"):
        assert client.get(path).status_code == 200
    accept(client, version)
    assert client.get("/konto/").status_code == 200
    resident.refresh_from_db()
    assert resident.rules_accepted == version
    [line] = ConsentEntry.objects.filter(purpose="rules", version=version)
    assert (line.act, line.how) == ("given", "account")


def test_accepting_twice_is_one_line(client, resident):
    version = publish()
    client.force_login(resident)
    accept(client, version)
    assert accept(client, version).status_code == 302
    assert ConsentEntry.objects.filter(purpose="rules").count() == 1


def test_staff_accept_no_rules(client, operator):
    publish(days=-1)
    client.force_login(operator)
    assert client.get("/konto/").status_code == 200
    assert client.get(RULES)["Location"] == "/konto/"


def test_two_reminders_then_the_account_is_closed(resident, other_resident, time_machine):
    version = publish(days=5)
    announce_rules()
    User.objects.filter(pk=other_resident.pk).update(rules_accepted=version)
    assert (send_reminders(), notices_to_close().count()) == (0, 0)
    with time_machine(days=15):
        assert (send_reminders(), send_reminders()) == (1, 0)
    with time_machine(days=23):
        assert (send_reminders(), send_reminders(), notices_to_close().count()) == (1, 0, 0)
    with time_machine(days=31):
        assert send_reminders() == 0
        assert close_undecided() == 1
        assert close_undecided() == 0
    assert set(User.objects.values_list("username", flat=True)) == {"teresa"}
    assert ["Przypominamy" in letter.subject for letter in letters_to("teresa@example.org")] == [
        False
    ]
    [last] = letters_to("maria@example.org")
    assert "nie został zaakceptowany" in text_of(last)


def test_accepting_after_the_reminders_keeps_the_account(resident, time_machine, client):
    version = publish(days=5)
    announce_rules()
    for days in (15, 23):
        with time_machine(days=days):
            send_reminders()
    User.objects.update(rules_accepted=version)
    with time_machine(days=40):
        assert close_undecided() == 0


def test_the_dry_run_lists_whom_and_closes_nobody(resident, time_machine):
    publish(days=5)
    announce_rules()
    for days in (15, 23):
        with time_machine(days=days):
            send_reminders()
    output = StringIO()
    with time_machine(days=31):
        call_command("close_undecided", "--dry-run", stdout=output)
    assert "maria" in output.getvalue()
    assert "1 accounts would be closed." in output.getvalue()
    assert User.objects.filter(username="maria").exists()


def test_a_blocked_resident_gets_no_letter(resident, time_machine):
    User.objects.update(is_active=False)
    publish()
    assert announce_rules() == 0


def test_registering_while_rules_are_coming_leads_to_them(client):
    publish()
    register(client)
    confirm(client)
    assert announce_rules() == 1
    assert "9.0" in client.get("/konto/").text


def test_whoever_accepts_at_the_last_moment_keeps_the_account(resident, time_machine):
    version = publish(days=5)
    announce_rules()
    for days in (15, 23):
        with time_machine(days=days):
            send_reminders()
    with time_machine(days=31):
        [notice] = notices_to_close()
        User.objects.update(rules_accepted=version)
        assert close_if_undecided(notice) is False
    assert User.objects.filter(username="maria").exists()


@pytest.mark.parametrize("shown", ["", "1", "x"])
def test_rules_that_the_page_did_not_show_are_not_accepted(client, resident, shown):
    publish()
    client.force_login(resident)
    answer = client.post(RULES, {"version": shown}, follow=True)
    assert "właśnie się zmienił" in answer.text
    assert not ConsentEntry.objects.exists()


def test_the_newest_letter_gives_the_date(resident, time_machine):
    publish(days=5)
    announce_rules()
    with time_machine(days=25):
        send_reminders()
        publish(days=45, number="10.0")
        announce_rules()
        assert send_reminders() == 0
    for days in (33, 40):
        with time_machine(days=days):
            assert (send_reminders(), notices_to_close().count()) == (0, 0)


def test_coming_rules_are_met_at_the_next_log_in(client, resident):
    publish()
    announce_rules()
    values = {"login": "maria", "password": PASSWORD}
    assert client.post("/konto/logowanie/", values)["Location"] == RULES
    assert client.get("/konto/zgloszenia/").status_code == 200
