"""What a category asks of whoever resolves a report: a photo, a cause, a cost."""

from decimal import Decimal

import pytest
from django.utils import timezone

from reports.handling.answering import answer_report
from reports.handling.status import ResultPhotoRequired, change_status
from reports.models import Photo, Report, Status
from reports.photos.uploading import store_upload
from reports.secret_link import link_of
from tests.factories import category, dispatched
from tests.panel.press import page, press
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
CAUSE = "po remoncie"


@pytest.fixture
def dump() -> Report:
    """Of a category that needs a photo of the result, of WGK."""
    return dispatched(category=category("dzikie-wysypisko"))


@pytest.fixture
def member(other_unit_member):
    return other_unit_member


def resolve(client, report: Report, **values):
    sent = {"status": "resolved", "note": "Posprzątane."} | values
    return press(client, "change-status", report, sent, prefix="status")


def status_of(report: Report) -> str:
    return Report.objects.get(pk=report.pk).status


def test_without_a_photo_it_is_not_resolved_and_the_words_stay(client, member, dump):
    client.force_login(member)
    answer = resolve(client, dump)
    assert answer.status_code == 400
    [offer] = answer.context["answer"]
    assert "Dołącz zdjęcie wyniku" in offer.form.errors["photo"][0]
    assert "Posprzątane." in answer.text
    assert status_of(dump) == Status.FORWARDED


def test_with_a_photo_it_is_resolved(client, member, dump):
    client.force_login(member)
    assert resolve(client, dump, photo=jpeg_upload()).status_code == 302
    assert status_of(dump) == Status.RESOLVED
    assert Photo.objects.get(report=dump).kind == Photo.Kind.RESULT


def test_a_photo_of_before_is_enough_but_not_one_from_before_a_second_call(member, dump):
    photo = store_upload(jpeg_upload(), kind=Photo.Kind.RESULT, uploaded_by=member)
    Photo.objects.filter(pk=photo.pk).update(report=dump)
    Report.objects.filter(pk=dump.pk).update(called_again_at=timezone.now())
    with pytest.raises(ResultPhotoRequired):
        change_status(dump, Status.RESOLVED, by=member, note="Posprzątane.")
    Report.objects.filter(pk=dump.pk).update(called_again_at=None)
    change_status(dump, Status.RESOLVED, by=member, note="Posprzątane.")
    assert status_of(dump) == Status.RESOLVED


def test_a_photo_that_was_refused_proves_nothing(member, dump):
    photo = store_upload(jpeg_upload(), kind=Photo.Kind.RESULT, uploaded_by=member)
    Photo.objects.filter(pk=photo.pk).update(report=dump, state=Photo.State.REFUSED)
    with pytest.raises(ResultPhotoRequired):
        change_status(dump, Status.RESOLVED, by=member, note="Posprzątane.")


@pytest.mark.parametrize("to", [Status.REJECTED, Status.IN_PROGRESS])
def test_only_what_is_resolved_needs_one(member, dump, to):
    answer_report(dump, to, by=member, note="To teren prywatny.")
    assert status_of(dump) == to


def test_a_photo_is_kept_back_with_the_answer_that_is_refused(client, member, dump):
    client.force_login(member)
    answer = resolve(client, dump, photo=jpeg_upload(), note="")
    assert answer.status_code == 400
    assert not Photo.objects.filter(report=dump).exists()


def test_cause_and_cost_are_kept_for_staff_alone(client, member, resident):
    dump = dispatched(category=category("dzikie-wysypisko"), owner=resident)
    client.force_login(member)
    values = {"photo": jpeg_upload(), "cause": CAUSE, "cost": "1250,50"}
    assert resolve(client, dump, **values).status_code == 302
    dump.refresh_from_db()
    assert (dump.cause, dump.cost) == (CAUSE, Decimal("1250.50"))
    assert CAUSE in client.get(page(dump)).text
    client.force_login(resident)
    for where in (
        dump.get_absolute_url(),
        link_of(dump),
        f"/konto/zgloszenia/{dump.reference}/",
        f"/api/v1/reports/{dump.reference}/",
    ):
        text = client.get(where).text
        assert CAUSE not in text
        assert "1250" not in text


@pytest.mark.parametrize(
    ("field", "value"),
    [("cause", "zły humor"), ("cost", "-1"), ("cost", "dużo"), ("cost", "12345678,00")],
)
def test_a_wrong_value_is_said_by_its_field(client, member, dump, field, value):
    client.force_login(member)
    answer = resolve(client, dump, photo=jpeg_upload(), **{field: value})
    assert answer.status_code == 400
    assert answer.context["answer"][0].form.errors[field]
    assert status_of(dump) == Status.FORWARDED


def test_a_category_that_asks_nothing_shows_no_fields(client, unit_member):
    report = dispatched(category=category("sygnalizacja"))
    client.force_login(unit_member)
    form = client.get(page(report)).context["answer"][0].form
    assert not {"cause", "cost"} & set(form.fields)
