"""Every row of the registry works, leaves its word on the trail, and is offered to whoever may."""

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from accounts.audit import record
from accounts.models import AuditEntry, User
from outbox.models import Letter
from panel.act import Act
from panel.registry import ACTS
from reports.handling.status import change_status
from reports.models import Photo, Report, ReportWord, Status
from tests.factories import category, dispatched
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db

BY_SENDER = {
    ReportWord.ANSWERED_BY_SENDER,
    ReportWord.CORRECTED_BY_SENDER,
    ReportWord.WITHDRAWN_BY_SENDER,
    ReportWord.FIXED_SAYS_SENDER,
    ReportWord.BROKEN_SAYS_SENDER,
}
BY_PORTAL = {ReportWord.WENT_ON, ReportWord.ANSWERED_BY_MAIL}
by_name = pytest.mark.parametrize("act", ACTS, ids=[act.name for act in ACTS])


@pytest.fixture
def report() -> Report:
    return dispatched(email="maria@example.org", consent=True)


@pytest.fixture
def photo(report) -> Photo:
    """Ready to be cleared, with something on it to be blurred."""
    areas = [{"box": [10, 10, 40, 40], "kind": "face"}]
    photo = Photo(report=report, state=Photo.State.READY, areas=areas, width=640, height=480)
    photo.large.save("large.webp", ContentFile(jpeg_upload().read()), save=False)
    photo.small.save("small.webp", ContentFile(b"RIFF"), save=False)
    photo.save()
    return photo


def failed_letter(report: Report) -> int:
    """The key of the letter that could not be sent to the sender of ``report``."""
    receipt = Letter.objects.filter(key__startswith=f"report:{report.reference}:received")
    receipt.update(state=Letter.State.FAILED)
    return receipt.get().pk


def what_to_send(act: Act, report: Report, photo: Photo) -> dict[str, object]:
    """Right values for the form of each act, by the names of its fields."""
    values = {
        "change-status": {"status": "in_progress"},
        "take": {},
        "let-go": {},
        "send-letter-again": {"letter": failed_letter(report)},
        "mend-address": {"email": "maria.nowa@example.org", "reason": "telefon"},
        "ask-sender": {"text": "Przy którym wejściu?"},
        "add-memo": {"text": "Ekipa wolna od środy."},
        "set-assignee": {"assignee": ""},
        "clear-description": {"public": "on"},
        "blur-photo": {"areas": "0", "look": photo.look},
        "clear-photo": {"public": "on", "look": photo.look},
        "correct-category": {"category": category("inna-sprawa").pk},
        "correct-place": {"place": "51.8449, 19.4687"},
        "forward": {"unit": Unit.objects.get(code="wgk").pk},
        "give-back": {},
        "merge": {"duplicate_of": dispatched().reference if act.name == "merge" else ""},
        "unmerge": {},
        "visibility": {"hidden": "on", "reason": "obraźliwe"},
    }[act.name]
    values["version"] = report.version
    return {f"{act.prefix}-{name}": value for name, value in values.items()}


def address(act: Act, report: Report, photo: Photo) -> str:
    args = [report.reference, photo.pk] if act.is_about_photo else [report.reference]
    return reverse(f"panel:{act.name}", args=args)


def page(client, report: Report) -> str:
    return client.get(reverse("panel:report", args=[report.reference])).content.decode()


def prepare(act: Act, report: Report, person: User) -> None:
    """Make the report one on which ``act`` makes sense for ``person``."""
    has_it = {"let-go": person, "set-assignee": person}.get(act.name)
    Report.objects.filter(pk=report.pk).update(assignee=has_it)
    if act.name == "unmerge":
        # By the portal itself, which leaves no word.
        change_status(report, Status.DUPLICATE, note="Już mamy.", duplicate_of=dispatched())
        report.refresh_from_db()
    if act.name == "send-letter-again":
        failed_letter(report)


@by_name
def test_an_act_is_done_and_leaves_its_word(client, operator, report, photo, act):
    client.force_login(operator)
    prepare(act, report, operator)
    answer = client.post(address(act, report, photo), what_to_send(act, report, photo))
    assert answer.status_code == 302
    entry = AuditEntry.objects.get()
    assert entry.action in act.words
    assert (entry.actor, entry.target_id) == (operator, str(report.pk))


def test_every_word_is_left_by_an_act_of_staff_the_sender_or_the_portal():
    assert {word for act in ACTS for word in act.words} == set(ReportWord) - BY_SENDER - BY_PORTAL


def test_the_trail_has_words_for_all_that_was_done(client, operator, report):
    for word in ReportWord:
        record(actor=operator, action=word, target=report)
    client.force_login(operator)
    shown = page(client, report)
    for word in ReportWord:
        # Without a label of its own a member is called like its name.
        assert word.label != word.name.replace("_", " ").title()
        assert f" · {word.label}</li>" in shown


@by_name
@pytest.mark.parametrize("person", ["unit_member", "operator", "administrator"])
def test_the_page_offers_what_the_address_lets_through(client, request, report, photo, person, act):
    user = request.getfixturevalue(person)
    client.force_login(user)
    prepare(act, report, user)
    is_offered = f'action="{address(act, report, photo)}"' in page(client, report)
    answer = client.post(address(act, report, photo), what_to_send(act, report, photo))
    # Operators may give back too, but they forward.
    is_covered = act.name == "give-back" and person != "unit_member"
    assert is_offered == (answer.status_code == 302 and not is_covered)


def test_a_press_that_is_refused_says_why(client, operator, report, photo):
    client.force_login(operator)
    where = reverse("panel:clear-photo", args=[report.reference, photo.pk])
    answer = client.post(where, {"photo-version": report.version, "photo-look": "of yesterday"})
    assert answer.status_code == 409
    assert "Ktoś zmienił to zdjęcie przed chwilą." in answer.content.decode()
    # The button stands for the photo as it is now.
    assert f'value="{photo.look}"' in answer.content.decode()


def test_only_a_photo_that_is_ready_can_be_blurred():
    [blur] = [act for act in ACTS if act.name == "blur-photo"]
    areas = [{"box": [0, 0, 9, 9]}]
    offered = {state for state in Photo.State if blur.is_offered(Photo(state=state, areas=areas))}
    assert offered == {Photo.State.READY}
