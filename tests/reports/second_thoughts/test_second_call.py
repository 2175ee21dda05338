""" "Still broken" is a second call: with words and photos, a time limit and a mark of its own."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from reports.handling.correcting import correct_category
from reports.handling.status import change_status
from reports.letters.retention import erase_contacts
from reports.models import Photo, Report, Status, Verdict
from reports.photos.uploading import store_upload
from reports.second_thoughts.remarks import add_remark
from reports.second_thoughts.verdicts import give_verdict
from reports.secret_link import key_of
from tests.accounts.letters import letters_to, text_of, whole
from tests.factories import category, dispatched, send_to_units
from tests.pictures import jpeg_upload
from units.models import Unit

pytestmark = pytest.mark.django_db
WORDS = "Łata odpadła po dwóch dniach."


def page_of(report: Report, act: str = "") -> str:
    return f"/zgloszenia/{report.reference}/moje/{key_of(report.reference)}/{act}"


@pytest.fixture
def answered(operator) -> Report:
    """Resolved by a unit that gets letters."""
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    report = dispatched(email="ala@example.org", consent=True)
    change_status(report, Status.RESOLVED, by=operator, note="Załatano.\nDziękujemy.")
    return Report.objects.get(pk=report.pk)


def call_again(client, report: Report, **values):
    answer = client.post(page_of(report, "ocena/"), {"verdict": "broken", "text": WORDS} | values)
    report.refresh_from_db()
    return answer


def test_the_answer_and_its_photo_stand_before_the_question(client, answered):
    photo = store_upload(jpeg_upload(), kind=Photo.Kind.RESULT)
    Photo.objects.filter(pk=photo.pk).update(
        report=answered, state=Photo.State.READY, is_public=True, small="a", large="b"
    )
    page = client.get(page_of(answered)).text
    asked = page.index("Naprawione, dziękuję")
    assert 0 < page.index("Załatano.<br>Dziękujemy.") < asked
    assert 0 < page.index(f"/zdjecia/{photo.pk}/small.webp") < asked


def test_a_result_that_is_not_cleared_is_not_shown(client, answered):
    photo = store_upload(jpeg_upload(), kind=Photo.Kind.RESULT)
    Photo.objects.filter(pk=photo.pk).update(report=answered, state=Photo.State.READY)
    assert str(photo.pk) not in client.get(page_of(answered)).text


def test_words_and_photo_reach_the_unit_as_a_second_call(client, answered):
    assert call_again(client, answered, files=jpeg_upload()).status_code == 303
    assert Verdict.objects.get().text == WORDS
    send_to_units()
    letter = letters_to("unit@example.org")[-1]
    assert "Drugie wezwanie" in letter.subject
    assert WORDS in text_of(letter)
    assert "Zdjęcia od zgłaszającego w panelu: 1" in text_of(letter)
    assert "Nowe zgłoszenie" not in whole(letter)
    assert f"Termin: {answered.expected_by.day} " in text_of(letter)


def test_a_photo_of_the_first_report_is_not_one_of_the_second_call(client, operator):
    Unit.objects.filter(code="zdit").update(channel="email", email="unit@example.org")
    report = dispatched(photo_ids=[store_upload(jpeg_upload()).pk])
    change_status(report, Status.RESOLVED, by=operator, note="Zrobione.")
    call_again(client, report)
    send_to_units()
    assert "Zdjęcia od zgłaszającego" not in text_of(letters_to("unit@example.org")[-1])


def test_it_has_a_time_limit_of_its_own(client, answered, settings):
    settings.SECOND_CALL_DAYS = 5
    Report.objects.filter(pk=answered.pk).update(expected_by=date(2020, 1, 1))
    call_again(client, answered)
    assert answered.expected_by == timezone.localdate() + timedelta(days=5)
    day = f"{answered.expected_by.day} "
    assert f"Spodziewana odpowiedź do: {day}" in text_of(letters_to("ala@example.org")[-1])
    assert (
        f"Odpowiedzi możesz się spodziewać do {day}" in client.get(answered.get_absolute_url()).text
    )


def test_the_page_says_how_long_the_unit_has(client, answered, settings):
    settings.SECOND_CALL_DAYS = 5
    assert "będzie miała 5 dni na odpowiedź" in client.get(page_of(answered)).text


def test_a_corrected_category_keeps_the_time_limit_of_the_second_call(client, answered, operator):
    call_again(client, answered)
    limit = answered.expected_by
    correct_category(answered, category("latarnia"), by=operator)
    answered.refresh_from_db()
    assert answered.expected_by == limit


def test_it_is_marked_in_the_list_and_on_the_page_of_the_unit(client, answered, unit_member):
    give_verdict(answered, is_fixed=False, text=WORDS)
    client.force_login(unit_member)
    assert "drugie wezwanie" in client.get("/panel/jednostka/").text
    page = client.get(f"/panel/zgloszenia/{answered.reference}/").text
    assert "drugie wezwanie" in page
    assert WORDS in page
    assert WORDS not in client.get(answered.get_absolute_url()).text


def test_the_mark_goes_with_the_answer(client, answered, operator, unit_member):
    give_verdict(answered, is_fixed=False)
    send_to_units()
    change_status(answered, Status.RESOLVED, by=operator, note="Teraz naprawdę.")
    client.force_login(unit_member)
    assert "drugie wezwanie" not in client.get("/panel/jednostka/?zakres=wszystkie").text


def test_a_remark_is_marked_until_the_next_step(client, unit_member):
    report = dispatched()
    client.force_login(unit_member)
    assert "nowa uwaga" not in client.get("/panel/jednostka/").text
    add_remark(report, text="Jest coraz głębsza.")
    assert "nowa uwaga" in client.get("/panel/jednostka/").text
    change_status(report, Status.IN_PROGRESS, by=unit_member)
    assert "nowa uwaga" not in client.get("/panel/jednostka/").text


def test_what_is_no_verdict_is_none(client, answered):
    assert client.post(page_of(answered, "ocena/"), {"verdict": "?"}).status_code == 400
    assert not Verdict.objects.exists()


def test_a_file_that_is_no_photo_keeps_the_words_and_the_other_photo(client, answered):
    files = [jpeg_upload(), jpeg_upload(b"<svg/>")]
    refused = call_again(client, answered, files=files)
    assert refused.status_code == 400
    assert WORDS in refused.text
    kept = Photo.objects.get()
    assert f'name="photo" value="{kept.pk}"' in refused.text
    assert call_again(client, answered, photo=str(kept.pk)).status_code == 303
    assert list(answered.photos.all()) == [kept]


def test_the_words_go_with_the_addresses(answered, time_machine, operator):
    give_verdict(answered, is_fixed=False, text=WORDS)
    send_to_units()
    change_status(answered, Status.RESOLVED, by=operator, note="Teraz naprawdę.")
    with time_machine(days=400):
        erase_contacts()
    assert Verdict.objects.get().text == ""
