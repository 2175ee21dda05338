from uuid import uuid4

import pytest
from django.utils.formats import date_format
from django.utils.timezone import localtime

from reports.models import Photo, Report
from reports.photos.uploading import store_upload
from tests.factories import CITY_HALL, POTHOLE, submitted
from tests.pictures import jpeg_upload

pytestmark = pytest.mark.django_db
URL = "/zgloszenia/nowe/"


def values(**changes):
    right = {
        "submission_id": str(uuid4()),
        "lat": str(CITY_HALL.y),
        "lon": str(CITY_HALL.x),
        "place": "",
        "category": POTHOLE,
        "description": "Głęboka dziura przy przejściu.",
        "email": "",
        "website": "",
    }
    return right | changes


def send(client, **changes):
    return client.post(URL, values(**changes))


def test_a_report_leads_to_its_receipt(client):
    answer = send(client)
    assert answer.status_code == 303
    report = Report.objects.get()
    assert answer.url == f"/zgloszenia/{report.reference}/potwierdzenie/"


def test_sending_again_leads_to_the_same_receipt(client):
    same = values()
    assert client.post(URL, same).url == client.post(URL, same).url
    assert Report.objects.count() == 1


def test_coordinates_in_words_give_the_same_report(client):
    send(client, lat="", lon="", place="51,7652 19,4571")
    report = Report.objects.get()
    assert report.district.code == "katedralna"
    assert not report.is_approximate


def test_an_address_with_a_known_place_sets_the_pin(client):
    send(client, lat="", lon="", place="11 listopada 36")
    report = Report.objects.get()
    assert (report.district.code, report.is_approximate) == ("radogoszcz", False)
    assert report.address == "11 listopada 36"


def test_an_address_of_which_only_the_district_is_known_is_marked(client):
    send(client, lat="", lon="", place="Piotrkowska 104")
    report = Report.objects.get()
    assert (report.district.code, report.is_approximate) == ("katedralna", True)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("place", "", "Wskaż miejsce na mapie albo wpisz adres."),
        ("place", "Nieistniejąca 5", "Nie znamy takiego adresu"),
        ("category", "", "Wybierz, czego dotyczy sprawa."),
        ("category", "nie-ma", "Wybierz kategorię z listy."),
        ("description", "", "Opisz krótko, co się stało."),
        ("description", "x" * 4001, "4000"),
        ("email", "to nie adres", "To nie wygląda na adres e-mail."),
        ("email", "maria@example.org", "Bez tej zgody nie możemy zapisać adresu e-mail."),
        ("submission_id", "x", ""),
        ("website", "http://spam.example", "pułapką na automaty"),
    ],
)
def test_a_wrong_field_is_named_and_nothing_is_lost(client, field, value, words):
    changes = {field: value} | ({"lat": "", "lon": ""} if field == "place" else {})
    answer = send(client, **changes)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert words in page
    assert field == "description" or "Głęboka dziura przy przejściu." in page
    assert not Report.objects.exists()


@pytest.mark.parametrize(
    ("lat", "lon"),
    [
        ("nan", "19"),
        ("inf", "19"),
        ("1e999", "19"),
        ("51.7", ""),
        ("", "19.4"),
        ("91", "19"),
        ("51.7", "181"),
        ("51.7\0", "19"),
        ("x" * 50, "19"),
    ],
)
def test_a_pin_that_is_none_is_refused_in_words(client, lat, lon):
    assert send(client, lat=lat, lon=lon).status_code == 400
    assert not Report.objects.exists()


def test_latitude_and_longitude_in_the_wrong_order_are_understood(client):
    send(client, lat=str(CITY_HALL.x), lon=str(CITY_HALL.y))
    assert Report.objects.get().district.code == "katedralna"


def test_outside_the_city_is_422_and_says_how_far(client):
    answer = send(client, lat="52.2297", lon="21.0122")
    assert answer.status_code == 422
    assert "106,4 km od jej granicy" in answer.content.decode()


def test_a_refused_photo_is_named_and_the_good_one_stays(client):
    files = [jpeg_upload(), jpeg_upload(b"<svg/>", name="rysunek.svg")]
    answer = send(client, files=files)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "rysunek.svg: To nie jest zdjęcie" in page
    assert str(Photo.objects.get().pk) in page


def test_photos_of_a_refused_form_join_the_corrected_one(client):
    send(client, description="", files=[jpeg_upload()])
    photo = Photo.objects.get()
    send(client, photo=[str(photo.pk)], photo_name=["dziura.jpg"])
    photo.refresh_from_db()
    assert photo.report == Report.objects.get()


def test_an_unknown_photo_is_refused_and_leaves_the_form(client):
    unknown = str(uuid4())
    answer = send(client, photo=[unknown], photo_name=["x.jpg"])
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Któregoś ze zdjęć już nie mamy" in page
    assert unknown not in page


def test_more_than_five_photos_are_refused(client):
    answer = send(client, files=[jpeg_upload() for _number in range(6)])
    assert answer.status_code in (400, 413)
    assert not Report.objects.exists()


@pytest.mark.parametrize("photo", ["", "x", "\0", "../../etc/passwd"])
def test_a_photo_id_that_is_none_is_left_out(client, photo):
    kept = store_upload(jpeg_upload())
    answer = send(client, photo=[photo, str(kept.pk)], photo_name=["x", "dziura.jpg"])
    assert answer.status_code == 303
    assert list(Report.objects.get().photos.all()) == [kept]


def test_the_form_asks_for_nothing_personal(client):
    page = client.get(URL).content.decode()
    assert "112" in page
    assert 'name="email"' in page
    for word in ("nazwisko", 'name="pesel"', "telefon do kontaktu"):
        assert word not in page


def test_other_methods_are_405(client):
    assert client.put(URL).status_code == 405
    assert client.delete(URL).status_code == 405


def test_without_scripts_one_is_asked_once_about_a_report_nearby(client):
    other = submitted()
    asked = send(client)
    page = asked.content.decode()
    assert asked.status_code == 200
    assert "Czy to jedno z tych?" in page
    assert other.place_in_words in page
    assert date_format(localtime(other.created_at), "j E Y") in page
    assert other.get_absolute_url() in page
    assert Report.objects.count() == 1
    # Everything that was typed is still there, and a second press sends it.
    assert "Głęboka dziura" in page
    again = send(client, similar_seen="1")
    assert again.status_code == 303
    assert Report.objects.count() == 2


def test_joining_from_there_works_without_scripts(client):
    other = submitted()
    send(client)
    client.post(f"/status/{other.reference}/ja-tez/")
    assert other.follows.count() == 1
    assert Report.objects.count() == 1
