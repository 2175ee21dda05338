"""A worker dies while it re-encodes a photo. The next worker re-encodes the photo, once."""

from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
import requests
from PIL import Image

from tests.faults.machine import Machine, wait_for

# A photo that takes long to decode, so that the worker can be killed while it does so.
SLOW = (8000, 7000)


@pytest.fixture(scope="module")
def slow_photo() -> bytes:
    target = BytesIO()
    Image.linear_gradient("L").resize(SLOW).convert("RGBA").save(target, "PNG", compress_level=1)
    return target.getvalue()


def row(machine: Machine) -> tuple:
    return machine.database.sql(
        "SELECT state, attempts, leased_until IS NOT NULL, report_id IS NOT NULL, original, large"
        " FROM reports_photo"
    )[0]


def files(machine: Machine) -> list[str]:
    folder = machine.folder / "photos"
    return sorted(str(Path(f).relative_to(folder)) for f in folder.rglob("*") if f.is_file())


def send_with_photo(machine: Machine, content: bytes) -> None:
    url = f"{machine.url}/api/v1/photos/"
    answer = requests.post(url, files={"file": ("dziura.png", content)}, timeout=30)
    assert answer.status_code == 201, answer.text
    report = {
        "submission_id": str(uuid4()),
        "category": "dziura-w-jezdni",
        "description": "Dziura przy przejściu.",
        "location": {"type": "Point", "coordinates": [19.4571, 51.7652]},
        "photos": [answer.json()["id"]],
    }
    assert machine.send(report).status_code == 201


def test_a_photo_whose_worker_was_killed_is_done_once_by_the_next(machine, slow_photo):
    before = files(machine)
    send_with_photo(machine, slow_photo)
    machine.start_photo_worker()
    machine.start_beat()
    wait_for(lambda: row(machine)[2], what="claimed")
    machine.kill("photos")
    assert row(machine)[:4] == ("waiting", 1, True, True)
    original = row(machine)[4]
    assert original in files(machine)
    machine.start_photo_worker()
    wait_for(lambda: row(machine)[0] == "ready", what="re-encoded by the next worker")
    wait_for(lambda: original not in files(machine), what="the original is deleted")
    state, attempts, leased, attached, left, large = row(machine)
    assert (state, attempts, leased, attached, left) == ("ready", 2, False, True, "")
    assert sorted(set(files(machine)) - set(before)) == [large, large.replace("large", "small", 1)]
    with Image.open(machine.folder / "photos" / large) as shown:
        assert shown.size == (2048, 1792)
