"""The demo is realistic, obeys the workflow, and is loaded once."""

from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import call_command
from PIL import Image

from catalogue.models import Category
from demo.content import read_content
from demo.pictures import SCENES
from districts.locating import locate
from reports.handling.workflow import _NEEDS_NOTE, ALLOWED
from reports.models import Dispatch, Photo, Report, Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(db):
    call_command("load_demo_people", verbosity=0)
    call_command("load_demo", "--without-photos", verbosity=0)


def test_every_category_has_words_and_every_scene_exists():
    content = read_content(settings.BASE_DIR / "fixtures" / "demo.yaml")
    codes = set(Category.objects.reportable().values_list("code", flat=True))
    assert set(content.categories) == codes
    assert {one.scene for one in content.categories.values()} - {None} <= set(SCENES)


def test_it_covers_all_districts_and_statuses(demo):
    assert Report.objects.count() == 300
    assert Report.objects.values("district").distinct().count() == 36
    assert set(Report.objects.values_list("status", flat=True)) == set(Status.values)


def test_some_are_overdue_hidden_failed_and_waiting(demo):
    assert Report.objects.overdue().exists()
    assert Report.objects.filter(is_hidden=True).exists()
    assert Dispatch.objects.failed().exists()
    assert Dispatch.objects.filter(state=Dispatch.State.OWED).exists()


def test_histories_obey_the_workflow(demo):
    for report in Report.objects.prefetch_related("changes"):
        steps = list(report.changes.all())
        assert steps[0].status == Status.RECEIVED
        assert steps[-1].status == report.status
        assert [step.at for step in steps] == sorted(step.at for step in steps)
        for before, after in pairwise(steps):
            assert after.status in ALLOWED[before.status]
            assert after.note or after.status not in _NEEDS_NOTE


def test_reports_lie_where_they_say(demo):
    for report in Report.objects.select_related("district")[:40]:
        assert locate(report.location).district == report.district


def test_the_last_assignment_is_the_unit_of_the_report(demo):
    for report in Report.objects.prefetch_related("assignments"):
        assert list(report.assignments.all())[-1].unit_id == report.unit_id


def test_loading_again_does_nothing(demo):
    call_command("load_demo", verbosity=0)
    assert Report.objects.count() == 300
    assert not Photo.objects.exists()


def test_photos_are_ready_and_drawn(demo_with_photos):
    photos = Photo.objects.filter(state=Photo.State.READY)
    assert photos.filter(kind=Photo.Kind.SENDER).count() >= 60
    assert photos.filter(kind=Photo.Kind.RESULT, is_public=True).exists()
    photo = photos.first()
    with photo.large.open("rb") as file, Image.open(file) as image:
        assert image.format == "WEBP"
        assert image.size == (photo.width, photo.height)
        assert len(image.getcolors(maxcolors=2_000_000)) > 1000
    assert photo.small.size < photo.large.size


@pytest.fixture
def demo_with_photos(db):
    call_command("load_demo", verbosity=0)
