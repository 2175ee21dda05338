"""Every pair of acts on one report collides at one moment: one is done, and the other is done after
it or refused with 409. Nothing else happens, and what is stored agrees with itself.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import pairwise

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connections, transaction
from django.http import QueryDict
from django.utils import timezone
from django.utils.http import urlencode

from accounts.models import AuditEntry, Role, User
from outbox.models import Letter
from panel.act import Act
from panel.registry import ACTS
from reports.dispatch.channels import DeliveryFailed
from reports.dispatch.dispatching import _record_failure, claim, record_sent
from reports.handling.correcting import forward
from reports.handling.merging import merge
from reports.handling.status import OriginalRefused, change_status
from reports.letters.consents import withdraw_consent
from reports.letters.mending import mend_address
from reports.letters.notices import is_news
from reports.models import Dispatch, Photo, Report, ReportWord, Status
from reports.placing import GivenPlace
from reports.second_thoughts.correcting import correct, withdraw
from reports.second_thoughts.remarks import add_remark
from reports.second_thoughts.verdicts import give_verdict
from tests.factories import CITY_HALL, category, dispatched
from tests.faults.machine import wait_for
from tests.panel.test_registry import what_to_send
from tests.people import person
from tests.pictures import jpeg_upload
from units.models import Unit
from web.errors import PortalError

WAITING = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock'
"""
STAFF = {f"staff:{act.name}": act for act in ACTS}
# A report on its way to a unit, one that the unit answered, and one that was merged into another;
# the acts that each of them allows.
ON_ITS_WAY = [
    *(name for name in STAFF if name != "staff:unmerge"),
    *("correct", "withdraw", "remark", "sent", "failed"),
]
_OF_OPEN = {"staff:ask-sender", "staff:merge", "staff:unmerge"}
_OF_ENDED = [name for name in STAFF if name not in _OF_OPEN]
ANSWERED = [*_OF_ENDED, "remark", "fixed", "broken"]
MERGED = [*(name for name in _OF_ENDED if name != "staff:change-status"), "staff:unmerge", "remark"]
# What the sender does with an answer, and staff who take it back. That two other acts of staff
# collide is tried on the report on its way.
ABOUT_ANSWERS = ["remark", "fixed", "broken", "staff:change-status"]


@dataclass
class Scene:
    """A report with a photo, and with a claimed dispatch where it is on its way."""

    operator: User
    report: Report
    photo: Photo
    batch: list[Dispatch] = field(default_factory=list)

    def act(self, name: str) -> Callable[[], object]:
        """The act as its door calls it, with what the page showed before anybody pressed."""
        report = Report.objects.get(pk=self.report.pk)
        if name in STAFF:
            return self._staff_act(STAFF[name], report)
        place = GivenPlace(location=CITY_HALL, side="")
        words = {"category": category("latarnia"), "description": "Ciemno od tygodnia."}
        failure = DeliveryFailed("refused", is_permanent=True)
        return {
            "correct": partial(correct, report, place=place, **words),
            "withdraw": partial(withdraw, report),
            "remark": partial(add_remark, report, text="Jest coraz gorzej."),
            "fixed": partial(give_verdict, report, is_fixed=True),
            "broken": partial(give_verdict, report, is_fixed=False),
            "sent": partial(record_sent, self.batch),
            "failed": lambda: [_record_failure(row, failure) for row in self.batch],
        }[name]

    def _staff_act(self, act: Act, report: Report) -> Callable[[], object]:
        photo = Photo.objects.get(pk=self.photo.pk) if act.is_about_photo else None
        sent = QueryDict(urlencode(what_to_send(act, report, self.photo)))
        form = act.form_for(report, photo, sent, {})
        assert form.is_valid(), form.errors
        return partial(act.run, photo or report, **form.arguments(), by=self.operator)


def on_its_way(operator: User) -> Scene:
    report = dispatched(email=f"r{Report.objects.count()}@example.org", consent=True)
    # Not the unit to which the acts below hand it: what they change has to change.
    forward(report, Unit.objects.get(code="zzm"), by=operator)
    scene = with_photo(operator, report)
    scene.batch = claim(timezone.now())
    assert [row.report_id for row in scene.batch] == [report.pk]
    return scene


def answered(operator: User) -> Scene:
    report = dispatched(email=f"r{Report.objects.count()}@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    return with_photo(operator, report)


def merged(operator: User) -> Scene:
    """With a dispatch that the merging ended."""
    report = dispatched(email=f"r{Report.objects.count()}@example.org", consent=True)
    original = dispatched()
    forward(report, Unit.objects.get(code="zzm"), by=operator)
    merge(report, duplicate_of=original, by=operator)
    return with_photo(operator, report)


def with_photo(operator: User, report: Report) -> Scene:
    areas = [{"box": [10, 10, 40, 40], "kind": "face"}]
    photo = Photo(report=report, state=Photo.State.READY, areas=areas, width=640, height=480)
    photo.large.save("large.webp", ContentFile(jpeg_upload().read()), save=False)
    photo.small.save("small.webp", ContentFile(b"RIFF"), save=False)
    photo.save()
    receipt = Letter.objects.filter(key__startswith=f"report:{report.reference}:received")
    receipt.update(state=Letter.State.FAILED)
    # Whoever presses has the report, so that they can let it go.
    Report.objects.filter(pk=report.pk).update(assignee=operator)
    return Scene(operator, Report.objects.get(pk=report.pk), photo)


class Press(threading.Thread):
    """One person who presses, on a connection of their own. ``outcome``: None, or what was
    raised.
    """

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__()
        self.act, self.outcome = act, None
        self.start()

    def run(self) -> None:
        try:
            self.act()
        except Exception as fault:
            self.outcome = fault
        finally:
            connections.close_all()


def stand() -> int:
    """How many connections wait for a row."""
    with connections["default"].cursor() as cursor:
        # Within a transaction the list of connections is otherwise read once.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(WAITING)
        return cursor.fetchone()[0]


@contextmanager
def held(scene: Scene) -> Iterator[Callable[[int, list[Press]], None]]:
    """Both rows are held by somebody else, so that those who press stand in the order in which they
    came. Gives ``waits(number, presses)``: returns when that many stand there or are done.
    """

    def waits(number: int, presses: list[Press]) -> None:
        def all_stand() -> bool:
            return stand() + sum(not press.is_alive() for press in presses) >= number

        wait_for(all_stand, what="everybody waits for the row")

    with transaction.atomic():
        Report.objects.select_for_update().get(pk=scene.report.pk)
        Photo.objects.select_for_update().get(pk=scene.photo.pk)
        yield waits


def collide(scene: Scene, first: str, second: str) -> list[Exception | None]:
    acts = [scene.act(first), scene.act(second)]
    presses: list[Press] = []
    with held(scene) as waits:
        for act in acts:
            presses.append(Press(act))
            waits(len(presses), presses)
    for press in presses:
        press.join()
    return [press.outcome for press in presses]


def faults(scene: Scene) -> list[str]:
    """What of the report's rows does not agree."""
    report = Report.objects.get(pk=scene.report.pk)
    steps, latest = list(report.changes.all()), report.assignments.last()
    owed = list(report.dispatches.filter(state=Dispatch.State.OWED))
    letters = Letter.objects.filter(key__startswith=f"report:{report.reference}:status-")
    expected = sum(is_news(step, before) for before, step in pairwise(steps))
    withdrawn = AuditEntry.objects.filter(target_id=report.pk, action="withdrawn_by_sender")
    # A mended address is written to again once its mailbox was asked.
    mended = AuditEntry.objects.filter(target_id=report.pk, action=ReportWord.ADDRESS_MENDED)
    checks = {
        "status": report.status == steps[-1].status,
        "unit": report.unit_id == latest.unit_id,
        "one dispatch at most": len(owed) <= 1,
        "of the latest assignment": all(row.assignment_id == latest.pk for row in owed),
        "a letter about each step that is news": letters.count() == expected
        or (mended.exists() and letters.count() < expected),
        "nothing is sent of what was withdrawn": not (withdrawn and (owed or not report.is_hidden)),
    }
    return [what for what, is_right in checks.items() if not is_right]


@pytest.fixture
def operator(committed) -> User:
    call_command("load_roles")
    return person("olga", role=Role.OPERATOR)


def wrong_pairs(operator: User, make: Callable[[User], Scene], first: str, names: list[str]):
    wrong = {}
    for second in names:
        scene = make(operator)
        outcomes = collide(scene, first, second)
        refusals = [one for one in outcomes if one is not None]
        is_refusal = all(isinstance(one, PortalError) and one.status == 409 for one in refusals)
        if outcomes[0] is not None or not is_refusal or faults(scene):
            wrong[second] = (outcomes, faults(scene))
    return wrong


@pytest.mark.parametrize("first", ON_ITS_WAY)
def test_two_acts_on_a_report_on_its_way(operator, first):
    assert wrong_pairs(operator, on_its_way, first, ON_ITS_WAY) == {}


@pytest.mark.parametrize("first", ANSWERED)
def test_two_acts_on_an_answered_report(operator, first):
    seconds = ANSWERED if first in ABOUT_ANSWERS else ABOUT_ANSWERS
    assert wrong_pairs(operator, answered, first, seconds) == {}


@pytest.mark.parametrize("other", MERGED)
def test_taking_apart_and_another_act_on_a_merged_report(operator, other):
    assert wrong_pairs(operator, merged, "staff:unmerge", [other]) == {}
    assert wrong_pairs(operator, merged, other, ["staff:unmerge"]) == {}


def test_opposite_merges_at_one_instant_make_no_circle(operator):
    scene, other = answered(operator), dispatched()
    report = dispatched()
    scene.report = other
    presses: list[Press] = []
    with held(scene) as waits:
        Report.objects.select_for_update().get(pk=report.pk)
        presses.append(Press(partial(merge, report, duplicate_of=other, by=operator)))
        presses.append(Press(partial(merge, other, duplicate_of=report, by=operator)))
        waits(2, presses)
    for press in presses:
        press.join()
    (refusal,) = [press.outcome for press in presses if press.outcome]
    assert isinstance(refusal, OriginalRefused)
    assert Report.objects.filter(status=Status.DUPLICATE).count() == 1


@pytest.mark.parametrize("leave", ["withdraw the consent", "mend the address"])
def test_nobody_who_leaves_a_repetition_hears_of_the_original(operator, leave):
    """Its change owes them a letter at this very moment."""
    report = merged(operator).report
    contact, original = report.contacts.get(), report.original
    leaves = {
        "withdraw the consent": partial(withdraw_consent, contact, how="letter"),
        "mend the address": partial(
            mend_address, report, email="nowy@example.org", reason="literówka", by=operator
        ),
    }
    queued = Letter.objects.queued().addressed_to(contact.email)
    with transaction.atomic():
        change_status(original, Status.IN_PROGRESS, by=operator)
        assert queued.filter(key__contains="status").exists()
        press = Press(leaves[leave])
        wait_for(lambda: stand() or not press.is_alive(), what="whoever leaves waits")
    press.join()
    assert press.outcome is None
    assert not queued.exists()


def test_a_withdrawal_takes_effect_or_says_that_it_is_too_late(operator):
    """Whatever staff do at the same moment, the sender is never told that a report is withdrawn
    that is not.
    """
    for name in STAFF.keys() - {"staff:unmerge"}:
        scene = on_its_way(operator)
        _first, second = collide(scene, name, "withdraw")
        report = Report.objects.get(pk=scene.report.pk)
        is_withdrawn = report.is_hidden and report.status == Status.REJECTED
        assert is_withdrawn == (second is None), name


def test_who_no_longer_sees_the_report_is_told_why(committed, client):
    call_command("load_roles")
    member, operator = person("zenon", unit="zdit"), person("olga", role=Role.OPERATOR)
    report = dispatched()
    client.force_login(member)
    scene = with_photo(operator, report)
    where = f"/panel/zgloszenia/{report.reference}/status/"
    values = {"status-version": report.version, "status-status": "in_progress"}
    answers = []
    presses: list[Press] = []
    with held(scene) as waits:
        presses.append(Press(partial(forward, report, Unit.objects.get(code="wgk"), by=operator)))
        waits(1, presses)
        presses.append(Press(lambda: answers.append(client.post(where, values))))
        waits(2, presses)
    for press in presses:
        press.join()
    assert answers[0].status_code == 409
    assert "Ktoś zmienił to zgłoszenie przed chwilą." in answers[0].content.decode()
