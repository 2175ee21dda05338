"""Who gets what at every address. An address without a row fails: decide, then write the row."""

from uuid import uuid4

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse

from regulations.models import Kind, Version
from reports.models import Photo
from reports.sender.keys import key_of
from tests.addresses import every_address
from tests.factories import dispatched

PEOPLE = (
    "anonymous",
    "unit_member",
    "other_unit_member",
    "operator",
    "gis",
    "editor",
    "administrator",
)
# Status for each of PEOPLE, in that order. 302 is the way to the log-in where nobody is logged in.
PUBLIC = (200,) * 7
NOWHERE = (404,) * 7
LOGIN_PAGE = (200, *(302,) * 6)
LOGGED_IN = (302, *(200,) * 6)
STAFF_HOME = (302, 302, 302, 302, 200, 200, 302)
OPERATORS = (302, 403, 403, 200, 403, 403, 200)
UNITS = (302, 200, 200, 403, 403, 403, 403)
# Others are sent on to the admin's door, which refuses them (tests/accounts/test_admin.py).
ADMINISTRATORS = (302, 302, 302, 302, 302, 302, 200)
# People who have no second factor yet; setting one up asks for the password once more.
PASSWORD_FIRST = (302,) * 7
NO_SECOND_FACTOR = (302, *(404,) * 6)
# One report of ZDiT: the page, an act on it (400: an empty form is refused, so the door is open).
THEIRS = (302, 200, 404, 200, 404, 404, 200)
ACT_ON_THEIRS = (302, 400, 404, 400, 404, 404, 400)
ACT_OF_OPERATORS = (302, 403, 403, 400, 403, 403, 400)
# A photo that nobody cleared, of ZDiT's report.
UNCLEARED = (404, 200, 404, 200, 404, 404, 200)

# Name → method, the words in its path, statuses.
ROWS = {
    "home": ("get", {}, PUBLIC),
    "service-worker": ("get", {}, PUBLIC),
    "manifest": ("get", {}, PUBLIC),
    "language": ("post", {}, (302,) * 7),
    "offline": ("get", {}, PUBLIC),
    "reports:new": ("get", {}, PUBLIC),
    "reports:new-shell": ("get", {}, PUBLIC),
    "reports:receipt": ("get", {"reference": "report"}, PUBLIC),
    "reports:qr": ("get", {"reference": "report"}, PUBLIC),
    "reports:calendar": ("get", {"reference": "report"}, PUBLIC),
    "reports:sender": ("get", {"reference": "report", "key": "key"}, PUBLIC),
    "reports:sender-correct": ("post", {"reference": "report", "key": "key"}, (400,) * 7),
    "reports:sender-withdraw": ("post", {"reference": "report", "key": "wrong"}, NOWHERE),
    "reports:sender-remark": ("post", {"reference": "report", "key": "key"}, (400,) * 7),
    "reports:sender-verdict": ("post", {"reference": "report", "key": "key"}, (409,) * 7),
    "reports:withdraw-consent": ("get", {"reference": "report", "secret": "secret"}, PUBLIC),
    "reports:status-search": ("get", {}, PUBLIC),
    "reports:status": ("get", {"reference": "report"}, PUBLIC),
    "reports:follow": ("post", {"reference": "report"}, (303,) * 7),
    "reports:map": ("get", {}, PUBLIC),
    "reports:annex": ("get", {}, PUBLIC),
    "reports:photo": ("get", {"pk": "photo", "size": "small"}, UNCLEARED),
    "regulations:rules": ("get", {}, PUBLIC),
    "regulations:rules-version": ("get", {"number": Kind.RULES}, PUBLIC),
    "regulations:rules-pdf": ("get", {"number": Kind.RULES}, PUBLIC),
    "regulations:rules-differences": (
        "get",
        {"number": Kind.RULES, "since": Kind.RULES},
        PUBLIC,
    ),
    "regulations:clause": ("get", {}, PUBLIC),
    "regulations:clause-version": ("get", {"number": Kind.CLAUSE}, PUBLIC),
    "regulations:clause-pdf": ("get", {"number": Kind.CLAUSE}, PUBLIC),
    "regulations:clause-differences": (
        "get",
        {"number": Kind.CLAUSE, "since": Kind.CLAUSE},
        PUBLIC,
    ),
    "regulations:accessibility": ("get", {}, PUBLIC),
    "regulations:accessibility-version": ("get", {"number": Kind.ACCESSIBILITY}, PUBLIC),
    "regulations:accessibility-pdf": ("get", {"number": Kind.ACCESSIBILITY}, PUBLIC),
    "regulations:accessibility-differences": (
        "get",
        {"number": Kind.ACCESSIBILITY, "since": Kind.ACCESSIBILITY},
        PUBLIC,
    ),
    "regulations:cookies": ("get", {}, PUBLIC),
    "regulations:cookies-version": ("get", {"number": Kind.COOKIES}, PUBLIC),
    "regulations:cookies-pdf": ("get", {"number": Kind.COOKIES}, PUBLIC),
    "regulations:cookies-differences": (
        "get",
        {"number": Kind.COOKIES, "since": Kind.COOKIES},
        PUBLIC,
    ),
    # Its bare address is the table itself.
    "regulations:annex": ("get", {}, PUBLIC),
    "regulations:annex-version": ("get", {"number": Kind.ANNEX}, PUBLIC),
    "regulations:annex-pdf": ("get", {"number": Kind.ANNEX}, PUBLIC),
    "regulations:annex-differences": (
        "get",
        {"number": Kind.ANNEX, "since": Kind.ANNEX},
        PUBLIC,
    ),
    # Only the local run, where MAIL_SINK_DIR is set, shows letters.
    "outbox:letters": ("get", {}, NOWHERE),
    "outbox:letter": ("get", {"key": "x"}, NOWHERE),
    "outbox:letter-html": ("get", {"key": "x"}, NOWHERE),
    "account_login": ("get", {}, LOGIN_PAGE),
    "account_logout": ("get", {}, LOGGED_IN),
    "account_inactive": ("get", {}, PUBLIC),
    "account_signup": ("get", {}, LOGIN_PAGE),
    "account_reauthenticate": ("get", {}, LOGGED_IN),
    "account_reset_password": ("get", {}, PUBLIC),
    "account_reset_password_done": ("get", {}, PUBLIC),
    "account_reset_password_from_key": ("get", {"uidb36": "1", "key": "x-y"}, PUBLIC),
    "account_reset_password_from_key_done": ("get", {}, PUBLIC),
    "mfa_index": ("get", {}, LOGGED_IN),
    # Half a log-in is needed: the password was right.
    "mfa_authenticate": ("get", {}, (302,) * 7),
    "mfa_reauthenticate": ("get", {}, PASSWORD_FIRST),
    "mfa_activate_totp": ("get", {}, PASSWORD_FIRST),
    "mfa_deactivate_totp": ("get", {}, NO_SECOND_FACTOR),
    "mfa_view_recovery_codes": ("get", {}, NO_SECOND_FACTOR),
    "mfa_generate_recovery_codes": ("get", {}, PASSWORD_FIRST),
    "mfa_download_recovery_codes": ("get", {}, NO_SECOND_FACTOR),
    "panel:home": ("get", {}, STAFF_HOME),
    "panel:operator": ("get", {}, OPERATORS),
    "panel:publish-annex": ("post", {}, (302, 403, 403, 403, 403, 403, 302)),
    "panel:guard": ("post", {}, (302, 403, 403, 302, 403, 403, 302)),
    "panel:unit": ("get", {}, UNITS),
    "panel:report": ("get", {"reference": "report"}, THEIRS),
    "panel:change-status": ("post", {"reference": "report"}, ACT_ON_THEIRS),
    "panel:give-back": ("post", {"reference": "report"}, ACT_ON_THEIRS),
    "panel:correct-category": ("post", {"reference": "report"}, ACT_OF_OPERATORS),
    "panel:correct-place": ("post", {"reference": "report"}, ACT_OF_OPERATORS),
    "panel:forward": ("post", {"reference": "report"}, ACT_OF_OPERATORS),
    "panel:visibility": ("post", {"reference": "report"}, ACT_OF_OPERATORS),
    "panel:clear-description": ("post", {"reference": "report"}, ACT_ON_THEIRS),
    "panel:clear-photo": ("post", {"reference": "report", "pk": "photo"}, ACT_ON_THEIRS),
    "panel:blur-photo": ("post", {"reference": "report", "pk": "photo"}, ACT_ON_THEIRS),
    "api:reports": ("get", {}, PUBLIC),
    "api:report": ("get", {"reference": "report"}, PUBLIC),
    # JSON only: what a form of another site could send is refused.
    "api:follow": ("post", {"reference": "report"}, (415,) * 7),
    "api:similar": ("get", {}, (400,) * 7),
    # Anybody may send one; nobody may list them.
    "api:photos": ("get", {}, (405,) * 7),
    "api:uploads": ("get", {}, (405,) * 7),
    "api:upload": ("head", {"pk": "photo"}, NOWHERE),
    "api:categories": ("get", {}, PUBLIC),
    "api:districts": ("get", {}, PUBLIC),
    "api:locate": ("get", {}, (400,) * 7),
    "api:addresses": ("get", {}, PUBLIC),
    "api:schema": ("get", {}, PUBLIC),
    "api:docs": ("get", {}, PUBLIC),
    "admin:index": ("get", {}, ADMINISTRATORS),
}


@pytest.fixture
def words(db) -> dict[str, object]:
    """What stands for the words in ROWS: a report of ZDiT with a photo that nobody cleared."""
    report = dispatched()
    photo = Photo.objects.create(report=report, state=Photo.State.READY)
    photo.small.save("small.webp", ContentFile(b"RIFF"))
    numbers = {kind: Version.objects.in_force(kind).number for kind in Kind.values}
    key = key_of(report.reference)
    return {
        "key": key,
        "report": report.reference,
        "photo": photo.pk,
        "secret": uuid4().hex,
        **numbers,
    }


def test_every_address_has_a_row():
    assert {name for name, _pattern in every_address()} == set(ROWS)


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_row_says(person, request, client, words):
    place = PEOPLE.index(person)
    got, expected = {}, {}
    for name, (method, parameters, statuses) in ROWS.items():
        client.logout()
        if person != "anonymous":
            client.force_login(request.getfixturevalue(person))
        kwargs = {key: words.get(word, word) for key, word in parameters.items()}
        got[name] = getattr(client, method)(reverse(name, kwargs=kwargs)).status_code
        expected[name] = statuses[place]
    assert got == expected
