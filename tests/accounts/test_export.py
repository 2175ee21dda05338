"""'Everything about me': complete, readable by programs and people, without data of others."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.gis.geos import LineString
from django.core.files.base import ContentFile

from accounts import consents
from accounts.exporting import write_export
from accounts.models import ConsentEntry
from regulations.models import Kind, Version
from reports.handling.status import change_status
from reports.intake.following import follow
from reports.models import Photo, Status
from reports.second_thoughts.remarks import add_remark
from tests.factories import dispatched, submitted
from tests.people import PASSWORD

DATA = "/konto/dane/"


@pytest.fixture
def report(resident):
    report = dispatched(owner=resident, description="Dziura <b>głęboka</b>.")
    add_remark(report, text="Coraz większa.")
    change_status(report, Status.RESOLVED, note="Załatane.")
    photo = Photo(report=report, state=Photo.State.READY, description="Dziura z bliska")
    photo.large.save("x.webp", ContentFile(b"RIFF photo"), save=False)
    photo.save()
    return report


def packed(client) -> ZipFile:
    client.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    client.post("/konto/potwierdzenie/", {"password": PASSWORD})
    answer = client.post(DATA)
    assert answer["Content-Disposition"] == 'attachment; filename="moje-dane.zip"'
    return ZipFile(BytesIO(b"".join(answer.streaming_content)))


def test_the_password_is_asked_for_once_more(client, resident):
    client.post("/konto/logowanie/", {"login": "maria", "password": PASSWORD})
    for answer in (client.get(DATA), client.post(DATA)):
        assert answer["Location"].startswith("/konto/potwierdzenie/")


def test_it_holds_everything(client, report, resident):
    consents.give(
        purpose=ConsentEntry.Purpose.ACCOUNT,
        email=resident.email,
        version=Version.objects.in_force(Kind.CLAUSE),
        how="registration",
    )
    archive = packed(client)
    data = json.loads(archive.read("dane.json"))
    assert data["account"]["username"] == "maria"
    assert [entry["purpose"] for entry in data["consents"]] == ["account"]
    assert len(data["sessions"]) == 1
    [exported] = data["reports"]
    assert exported["description"] == report.description
    assert [step["status"] for step in exported["history"]] == ["received", "forwarded", "resolved"]
    assert exported["remarks"][0]["text"] == "Coraz większa."
    [photo] = exported["photos"]
    assert photo["description"] == "Dziura z bliska"
    assert archive.read(photo["file"]) == b"RIFF photo"


def test_of_second_factors_only_the_kind_is_in_it(resident):
    Authenticator.objects.create(user=resident, type="totp", data={"secret": "TAJEMNICA"})
    file = BytesIO()
    write_export(resident, file)
    text = ZipFile(file).read("dane.json").decode()
    assert json.loads(text)["account"]["second_factors"] == ["totp"]
    assert "TAJEMNICA" not in text


def test_the_map_is_in_it(client, report):
    features = json.loads(packed(client).read("zgloszenia.geojson"))["features"]
    assert [feature["properties"]["reference"] for feature in features] == [report.reference]


def test_a_person_can_read_it(client, report):
    archive = packed(client)
    page = archive.read("czytaj.html").decode()
    assert report.reference in page
    for words in ("Dziura &lt;b&gt;głęboka&lt;/b&gt;.", "Coraz większa.", "Załatane."):
        assert words in page
    assert "Dziura z bliska" in page
    assert "styl.css" in archive.namelist()


def test_nothing_of_others_is_in_it(client, report, other_resident):
    other = dispatched(owner=other_resident, description="Sprawa Teresy.")
    archive = packed(client)
    whole = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert other.reference not in whole
    assert "teresa" not in whole
    assert "pbkdf2" not in whole


def test_a_photo_that_is_gone_is_named_not_a_fault(client, report):
    photo = Photo.objects.get()
    photo.large.storage.delete(photo.large.name)
    data = json.loads(packed(client).read("dane.json"))
    assert data["missing_photos"] == [data["reports"][0]["photos"][0]["file"]]


def test_what_one_follows_is_in_it(client, report):
    follow(submitted(), follower="x" * 64, email="maria@example.org", consent=True)
    data = json.loads(packed(client).read("dane.json"))
    assert [row["is_sender"] for row in data["addresses_left"]] == [False]
    assert data["letters"]


def test_a_line_is_a_line(client, resident):
    shape = LineString((19.4571, 51.7652), (19.4575, 51.7655), srid=4326)
    submitted(owner=resident, location=None, extent=shape)
    archive = packed(client)
    [feature] = json.loads(archive.read("zgloszenia.geojson"))["features"]
    assert feature["geometry"]["type"] == "LineString"
    [exported] = json.loads(archive.read("dane.json"))["reports"]
    assert exported["extent"]["type"] == "LineString"
