"""Personal data that was sent in spite of the warning is marked for whoever clears the text."""

import pytest

from tests.factories import dispatched, submitted

pytestmark = pytest.mark.django_db
TEXT = "Proszę dzwonić: 601 234 567, pisać na jan@example.org"


def test_kinds_are_kept_not_the_data():
    assert submitted(description=TEXT).personal_data == ["email", "phone"]
    assert submitted().personal_data == []


def test_staff_see_a_warning_before_they_show_it(client, operator):
    report = dispatched(description=TEXT)
    client.force_login(operator)
    page = client.get(f"/panel/zgloszenia/{report.reference}/").content.decode()
    assert "mogą być dane osobowe" in page
    assert "numer telefonu" in page
