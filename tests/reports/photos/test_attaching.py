"""Photos join the report that is sent. Each photo joins one report only."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from reports.models import Photo, Report
from reports.photos.attaching import attach
from reports.photos.errors import TooManyPhotos, UnknownPhoto
from reports.photos.uploading import store_upload
from tests.factories import submitted
from tests.pictures import jpeg_upload


def uploads(number: int, **values) -> list[Photo]:
    return [store_upload(jpeg_upload(), **values) for _n in range(number)]


def ids(photos):
    return [photo.pk for photo in photos]


@pytest.mark.django_db
def test_photos_keep_the_order_in_which_they_were_sent():
    photos = uploads(3)
    wanted = [photos[2].pk, photos[0].pk, photos[1].pk]
    report = submitted(photo_ids=wanted)
    assert ids(report.photos.all()) == wanted


@pytest.mark.django_db
def test_attaching_is_one_statement():
    photos, report = uploads(5), submitted()
    with CaptureQueriesContext(connection) as queries:
        attach(report, dict.fromkeys(ids(photos), ""))
    assert len(queries) == 1


@pytest.mark.django_db
def test_no_photos_are_no_statement(django_assert_num_queries):
    report = submitted()
    with django_assert_num_queries(0):
        attach(report, {})


@pytest.mark.django_db
def test_the_same_photo_twice_counts_once():
    (photo,) = uploads(1)
    assert submitted(photo_ids=[photo.pk, photo.pk]).photos.count() == 1


@pytest.mark.django_db
def test_a_photo_of_another_report_is_refused_and_nothing_is_written():
    taken, free = uploads(2)
    submitted(photo_ids=[taken.pk])
    with pytest.raises(UnknownPhoto) as refusal:
        submitted(photo_ids=[free.pk, taken.pk])
    assert refusal.value.extra["fields"]["photos"]
    assert Report.objects.count() == 1
    assert Photo.objects.get(pk=free.pk).report is None


@pytest.mark.django_db
def test_an_unknown_photo_is_refused():
    with pytest.raises(UnknownPhoto):
        submitted(photo_ids=[uuid4()])


@pytest.mark.django_db
def test_a_photo_of_yesterday_is_refused(time_machine):
    (photo,) = uploads(1)
    later = {"hours": settings.PHOTO_UNATTACHED_HOURS, "minutes": 1}
    with time_machine(**later), pytest.raises(UnknownPhoto):
        submitted(photo_ids=[photo.pk])


@pytest.mark.django_db
def test_a_photo_of_staff_is_refused_as_the_senders(operator):
    (photo,) = uploads(1, kind=Photo.Kind.RESULT, uploaded_by=operator)
    with pytest.raises(UnknownPhoto):
        submitted(photo_ids=[photo.pk])


@pytest.mark.django_db
def test_six_photos_are_too_many():
    with pytest.raises(TooManyPhotos):
        submitted(photo_ids=ids(uploads(settings.MAX_PHOTOS + 1)))


def test_of_two_reports_at_once_only_one_gets_the_photo(committed):
    (photo,) = uploads(1)
    reports = [submitted(), submitted()]
    start, lost = Barrier(2), []

    def take(report):
        start.wait()
        try:
            with transaction.atomic():
                attach(report, {photo.pk: ""})
        except UnknownPhoto:
            lost.append(report)
        finally:
            connection.close()

    threads = [Thread(target=take, args=[report]) for report in reports]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(lost) == 1
    photo.refresh_from_db()
    assert photo.report in reports
    assert photo.report != lost[0]
