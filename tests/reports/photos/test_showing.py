"""Who may see a photo, and how staff decide that."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.urls import reverse

from accounts.models import AuditEntry
from reports.models import Photo, Report
from reports.photos.clearing import PhotoNotReady, clear_photo
from reports.photos.processing import process_due
from reports.photos.uploading import store_upload
from tests.factories import dispatched
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo() -> Photo:
    """A ready photo that nobody cleared, of a report that ZDiT has."""
    photo = store_upload(jpeg_upload())
    dispatched(photo_ids=[photo.pk])
    process_due()
    photo.refresh_from_db()
    return photo


def status(client, photo: Photo, size: str = "small") -> int:
    return client.get(reverse("reports:photo", args=[photo.pk, size])).status_code


def test_a_photo_that_nobody_cleared_is_for_its_unit_and_the_operator(
    client, photo, unit_member, operator
):
    assert status(client, photo) == 404
    for member in (unit_member, operator):
        client.force_login(member)
        assert status(client, photo) == 200


def test_others_do_not_see_it(client, photo, other_unit_member, resident, gis, editor):
    for person in (other_unit_member, resident, gis, editor):
        client.force_login(person)
        assert status(client, photo) == 404


def test_staff_without_their_second_factor_see_no_uncleared_photo(
    client, photo, unit_member, operator, settings
):
    settings.STAFF_SECOND_FACTOR = True
    for member in (unit_member, operator):
        client.force_login(member)
        assert [status(client, photo, size) for size in ("small", "large")] == [404, 404]
        TOTP.activate(member, generate_totp_secret())
        assert [status(client, photo, size) for size in ("small", "large")] == [200, 200]


@pytest.mark.parametrize("size", ["small", "large"])
def test_everybody_sees_a_cleared_photo(client, photo, operator, size):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    answer = client.get(reverse("reports:photo", args=[photo.pk, size]))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/webp"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "private" in answer["Cache-Control"]
    assert answer.content[8:12] == b"WEBP"


def test_nobody_but_operators_sees_a_photo_of_a_hidden_report(client, photo, operator, unit_member):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    Report.objects.update(is_hidden=True)
    assert status(client, photo) == 404
    client.force_login(unit_member)
    assert status(client, photo) == 404
    client.force_login(operator)
    assert status(client, photo) == 200


def test_a_clearing_taken_back_hides_it_again(client, photo, operator):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    clear_photo(photo, seen=photo.look, by=operator, is_public=False)
    assert status(client, photo) == 404


def test_clearing_leaves_a_trail(photo, operator):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    entry = AuditEntry.objects.get(action="photo_cleared")
    assert entry.actor == operator
    assert entry.target_id == str(photo.report.pk)
    assert entry.details == {"photo": str(photo.pk), "public": True}


@pytest.mark.parametrize("state", [Photo.State.WAITING, Photo.State.REFUSED])
def test_what_nobody_could_look_at_cannot_be_cleared(photo, operator, state):
    Photo.objects.update(state=state)
    with pytest.raises(PhotoNotReady):
        clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    assert not Photo.objects.get().is_public
    assert not AuditEntry.objects.filter(action="photo_cleared").exists()


def test_a_photo_whose_file_is_gone_is_404(client, photo, operator):
    photo.small.storage.delete(photo.small.name)
    client.force_login(operator)
    assert status(client, photo) == 404


def test_showing_costs_at_most_two_statements(client, photo, operator, django_assert_num_queries):
    clear_photo(photo, seen=photo.look, by=operator, is_public=True)
    with django_assert_num_queries(2):
        assert status(client, photo) == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_a_photo_can_only_be_looked_at(client, photo, method):
    address = reverse("reports:photo", args=[photo.pk, "small"])
    assert getattr(client, method)(address).status_code == 405
