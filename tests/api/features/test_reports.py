"""Reports for staff by OGC API – Features: whose token opens what."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import PersonalToken, User
from accounts.tokens import make_token
from reports.models import Report
from tests.factories import dispatched

pytestmark = pytest.mark.django_db
ITEMS = "/ogc/collections/zgloszenia/items"


def bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def basic(token: str) -> dict[str, str]:
    words = base64.b64encode(f"qgis:{token}".encode()).decode()
    return {"authorization": f"Basic {words}"}


def token_of(user: User) -> str:
    return make_token(user, name="QGIS", days=30)


def references(client, headers) -> list[str]:
    answer = client.get(ITEMS, headers=headers)
    assert answer.status_code == 200
    return [feature["id"] for feature in answer.json()["features"]]


@pytest.mark.parametrize("written", [bearer, basic])
def test_a_token_opens_what_its_owner_sees(
    client, written, unit_member, other_unit_member, operator
):
    theirs = dispatched()
    Report.objects.filter(pk=dispatched().pk).update(is_hidden=True)
    assert references(client, written(token_of(unit_member))) == [theirs.reference]
    assert references(client, written(token_of(other_unit_member))) == []
    assert len(references(client, written(token_of(operator)))) == 2


def test_a_report_lies_where_it_is_and_says_nothing_that_people_wrote(client, operator):
    report = dispatched()
    row = client.get(ITEMS, headers=bearer(token_of(operator))).json()["features"][0]
    assert row["geometry"]["coordinates"] == [report.location.x, report.location.y]
    assert row["properties"]["unit"] == report.unit.code
    assert row["properties"]["url"].endswith(f"/panel/zgloszenia/{report.reference}/")
    assert report.description not in str(row)


def test_instants_are_as_exact_as_gdal_can_read_them(client, operator):
    late = timezone.now().replace(second=59, microsecond=999_999)
    Report.objects.filter(pk=dispatched().pk).update(created_at=late)
    row = client.get(ITEMS, headers=bearer(token_of(operator))).json()["features"][0]
    assert row["properties"]["created_at"].endswith(":59.999+00:00")


def test_one_report_is_found_by_its_reference_and_another_units_is_not(
    client, unit_member, other_unit_member
):
    address = f"{ITEMS}/{dispatched().reference}"
    assert client.get(address, headers=bearer(token_of(unit_member))).status_code == 200
    assert client.get(address, headers=bearer(token_of(other_unit_member))).status_code == 404


def test_pages_follow_each_other(client, operator):
    expected = {dispatched().reference for _each in range(5)}
    headers, address, found = bearer(token_of(operator)), f"{ITEMS}?limit=2", []
    while address:
        page = client.get(address, headers=headers).json()
        found += [feature["id"] for feature in page["features"]]
        address = next((one["href"] for one in page["links"] if one["rel"] == "next"), None)
    assert len(found) == 5
    assert set(found) == expected


def test_a_box_and_a_time_pick_reports(client, operator):
    reference = dispatched().reference
    headers = bearer(token_of(operator))

    def found(**question) -> list[str]:
        rows = client.get(ITEMS, question, headers=headers).json()["features"]
        return [row["id"] for row in rows]

    today = timezone.localdate()
    assert found(bbox="19.457,51.765,19.458,51.766") == [reference]
    assert found(bbox="19.40,51.70,19.41,51.71") == []
    assert found(datetime=f"{today - timedelta(days=1)}/{today}") == [reference]
    assert found(datetime=f"../{today - timedelta(days=1)}") == []


def test_only_whoever_has_a_token_is_told_of_the_collection(client, operator):
    def names(**headers) -> set[str]:
        rows = client.get("/ogc/collections", headers=headers).json()["collections"]
        return {row["id"] for row in rows}

    assert names() == {"osiedla"}
    assert names(**bearer(token_of(operator))) == {"osiedla", "zgloszenia"}


@pytest.mark.parametrize(
    "header",
    [None, "Bearer wrong", "Basic !", "Basic d3Jvbmc=", "Basic w6k6/w==", "Digest x", "Bearer", ""],
)
def test_without_a_right_token_the_answer_is_401_and_says_how(client, header):
    headers = {"authorization": header} if header is not None else {}
    answer = client.get(ITEMS, headers=headers)
    assert (answer.status_code, answer.json()["code"]) == (401, "token_refused")
    assert answer["WWW-Authenticate"].startswith("Basic realm=")


def test_a_wrong_token_is_refused_where_none_is_needed(client):
    assert client.get("/ogc/collections", headers=bearer("wrong")).status_code == 401


def test_a_session_is_no_token(client, operator):
    client.force_login(operator)
    assert client.get(ITEMS).status_code == 401


def revoked(user: User) -> None:
    user.personal_tokens.update(revoked_at=timezone.now())


def expired(user: User) -> None:
    user.personal_tokens.update(expires_on=timezone.localdate() - timedelta(days=1))


def blocked(user: User) -> None:
    User.objects.filter(pk=user.pk).update(is_active=False)


def no_longer_staff(user: User) -> None:
    user.groups.clear()


@pytest.mark.parametrize("change", [revoked, expired, blocked, no_longer_staff])
def test_a_token_is_dead_at_once(client, operator, change):
    headers = bearer(token_of(operator))
    assert client.get(ITEMS, headers=headers).status_code == 200
    change(operator)
    assert client.get(ITEMS, headers=headers).status_code == 401


def test_a_token_waits_for_the_second_factor_where_staff_need_one(client, operator, settings):
    headers = bearer(token_of(operator))
    settings.STAFF_SECOND_FACTOR = True
    assert client.get(ITEMS, headers=headers).status_code == 401


def test_what_a_token_opens_is_kept_by_nobody(client, operator):
    answer = client.get(ITEMS, headers=bearer(token_of(operator)))
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))
    assert "Authorization" in answer["Vary"]


def test_the_day_of_the_last_use_is_kept_and_the_token_is_not(client, operator):
    token = token_of(operator)
    client.get(ITEMS, headers=bearer(token))
    row = PersonalToken.objects.get()
    assert row.last_used_on == timezone.localdate()
    assert token not in str(row.__dict__)


def test_a_page_takes_as_many_statements_however_many_reports_it_has(
    client, operator, django_assert_max_num_queries
):
    headers = bearer(token_of(operator))
    for _each in range(3):
        dispatched()
    client.get(ITEMS, headers=headers)
    with django_assert_max_num_queries(7):
        client.get(ITEMS, headers=headers)
