"""A child that dies takes nothing with it but its own photo."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import connection
from django.urls import reverse
from PIL import Image

from accounts.models import Role
from owed.children import ChildDied
from pictures import child
from pictures.child import run_job
from pictures.errors import PhotoDamaged, PhotoGivenUp
from reports.models import Photo
from reports.photos.processing import process_due
from reports.photos.uploading import add_photo, store_upload
from reports.secret_link import link_of
from tests.factories import dispatched, submitted
from tests.faults.machine import wait_for
from tests.people import person
from tests.pictures import jpeg, jpeg_upload

from . import hostile
from .making import file

MADE_BY = {name: make for name, (make, _status) in hostile.AT_UPLOAD.items()} | hostile.AT_WORKER


def develop(content: bytes):
    with TemporaryFile() as source:
        source.write(content)
        return run_job("develop", source, makes=2, most_pixels=settings.MAX_PHOTO_PIXELS)


def stored_unchecked(content: bytes) -> Photo:
    """A photo whose file was never looked at, as if the check at the upload had a gap."""
    photo = Photo()
    photo.original.save(photo.id.hex, jpeg_upload(content), save=False)
    add_photo(photo)
    return photo


def free_leases() -> None:
    Photo.objects.update(leased_until=None)


def test_a_photo_is_developed_in_another_process():
    result = develop(jpeg())
    assert (result.found["width"], result.found["height"]) == (640, 480)
    assert [file.read()[8:12] for file in result.files] == [b"WEBP", b"WEBP"]
    assert 0 < result.megabytes < 300


def test_a_photo_that_takes_longer_than_a_pause_is_waited_for(settings):
    settings.LEASE_SECONDS, waited = 0.004, []
    with TemporaryFile() as source:
        source.write(jpeg())
        result = run_job(
            "blur", source, makes=2, while_waiting=lambda: waited.append(True), boxes=[]
        )
    assert waited
    assert result.files[0].read()[8:12] == b"WEBP"


def test_a_crash_is_told_and_the_next_photo_is_done():
    with TemporaryFile() as source, pytest.raises(ChildDied) as death:
        run_job("no such job", source, makes=2)
    assert death.value.how == "exit code 1"
    assert develop(jpeg()).found["width"] == 640


@pytest.mark.parametrize(
    ("limit", "how"),
    [({"wall": 0}, "took too long"), ({"cpu": 0}, "SIGKILL"), ({"memory": 1024**2}, "memory")],
)
def test_every_limit_ends_the_child_and_nothing_else(settings, limit, how):
    usual = settings.PHOTO_CHILD_LIMITS
    settings.PHOTO_CHILD_LIMITS = usual | limit
    with pytest.raises(ChildDied) as death:
        develop(hostile.progressive(200, side=8000))
    assert how in death.value.how
    settings.PHOTO_CHILD_LIMITS = usual
    assert develop(jpeg()).found["height"] == 480


def test_a_parent_that_was_killed_is_replaced():
    develop(jpeg())
    killed = child.children._parent.process
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    assert develop(jpeg()).found["width"] == 640


def test_children_end_with_their_worker():
    code = (
        "import django; django.setup()\n"
        "from tests.pictures.test_child import develop\n"
        "from tests.pictures import jpeg\n"
        "develop(jpeg())\n"
        "from pictures import child\n"
        "print(child.children.pid, flush=True)\n"
        "input()\n"
    )
    command = [sys.executable, "-c", code]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as worker:
        parent = Path("/proc", worker.stdout.readline().strip())
        assert parent.exists()
        worker.kill()
    wait_for(lambda: not parent.exists(), what="the parent of the children ends")


def test_a_child_knows_no_secret():
    develop(jpeg())
    parent = child.children.pid
    environment = Path(f"/proc/{parent}/environ").read_bytes()
    assert os.environ["DATABASE_URL"]
    for name in (b"DATABASE_URL", b"REDIS_URL", b"SECRET", b"PASSWORD"):
        assert name not in environment


def test_nothing_that_decodes_imports_the_portal():
    code = "import sys, pictures.decoding.__main__; print('django' in sys.modules)"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert answer.stdout.strip() == "False", answer.stderr


@pytest.mark.django_db
def test_a_photo_whose_child_died_twice_is_given_up_and_the_sender_reads_why(client, settings):
    settings.PHOTO_CHILD_LIMITS = settings.PHOTO_CHILD_LIMITS | {"wall": 0}
    photo = store_upload(jpeg_upload())
    report = submitted(photo_ids=[photo.pk], photo_descriptions={photo.pk: "Dziura"})
    for attempt, state in ((1, Photo.State.WAITING), (2, Photo.State.REFUSED)):
        process_due()
        free_leases()
        photo.refresh_from_db()
        assert (photo.attempts, photo.state) == (attempt, state)
    assert photo.refusal == str(PhotoGivenUp.detail)
    assert not photo.original
    shown = client.get(link_of(report)).content.decode()
    assert photo.refusal in shown
    assert process_due() == 0


@pytest.mark.django_db
@pytest.mark.parametrize("make", MADE_BY.values(), ids=MADE_BY)
def test_what_the_upload_would_miss_ends_no_worker(make, settings):
    """Each file is refused or given up, and a photo behind it is done."""
    settings.PHOTO_CHILD_LIMITS = settings.PHOTO_CHILD_LIMITS | {"cpu": 1}
    bad = stored_unchecked(make())
    good = store_upload(jpeg_upload())
    for _attempt in range(2):
        process_due()
        free_leases()
    good.refresh_from_db()
    bad.refresh_from_db()
    assert good.state == Photo.State.READY
    # Some of them are only odd, and are shown as they look.
    assert bad.state == Photo.State.READY or bad.refusal


def test_a_truncated_photo_is_refused_by_the_child():
    with pytest.raises(PhotoDamaged):
        develop(jpeg()[:-500])


@pytest.fixture
def touched(monkeypatch) -> list[tuple[str, bool]]:
    """What was done to stored photos, each with whether a transaction was open."""
    seen, storage = [], type(storages["photos"])

    def watch(name):
        original = getattr(storage, name)

        def watched(*arguments, **options):
            seen.append((name, connection.in_atomic_block))
            return original(*arguments, **options)

        monkeypatch.setattr(storage, name, watched)

    watch("_open")
    watch("_save")
    return seen


def test_no_file_of_others_is_touched_within_a_transaction(committed, client, touched):
    content = jpeg()
    kind = "application/offset+octet-stream"
    at = client.post("/api/v1/uploads/", headers={"Upload-Length": str(len(content))})["Location"]
    for start, end in ((0, 2000), (2000, len(content))):
        part, offset = content[start:end], {"Upload-Offset": str(start)}
        assert client.patch(at, part, content_type=kind, headers=offset).status_code == 204
    photo = Photo.objects.get()
    report = dispatched(photo_ids=[photo.pk])
    process_due()
    Photo.objects.update(areas=[{"kind": "face", "box": [1, 1, 50, 50]}])
    photo.refresh_from_db()
    client.force_login(person("olga", role=Role.OPERATOR))
    blur = {"blur-version": report.version, "blur-areas": "0", "blur-look": photo.look}
    answer = {
        "status-version": report.version,
        "status-status": "in_progress",
        "status-photo": jpeg_upload(),
    }
    for address, sent in (
        (reverse("panel:blur-photo", args=[report.reference, photo.pk]), blur),
        (reverse("panel:change-status", args=[report.reference]), answer),
    ):
        assert client.post(address, sent).status_code == 302
    assert process_due() == 2
    assert set(Photo.objects.values_list("state", flat=True)) == {Photo.State.READY}
    assert {name for name, _inside in touched} == {"_open", "_save"}
    assert [name for name, inside in touched if inside] == []


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_largest_photo_with_transparency_keeps_within_the_limits(kind):
    """No other files need as much memory."""
    largest = Image.linear_gradient("L").resize((8940, 8940)).convert("RGBA")
    options = {"PNG": {"compress_level": 1}, "WEBP": {"method": 0, "quality": 50}}[kind]
    assert develop(file(largest, kind, **options)).found["width"] == 2048
