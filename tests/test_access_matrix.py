"""Who gets which status at every address. An address without a row fails: decide who may open it,
then write the row.
"""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import User
from districts.models import OSIEDLA
from panel.act import Permission
from panel.registry import ACTS
from regulations.models import Kind
from tests.access import (
    ACT_ON_THEIRS,
    ACTS_OF_ANY_STAFF,
    ADMINISTRATORS,
    ADMINISTRATORS_BLOCK,
    ADMINISTRATORS_DO,
    ADMINISTRATORS_ONLY,
    EDITORS,
    GIS_AND_OPERATORS,
    GIS_DO,
    GIS_EMPTY,
    GIS_MISS,
    GIS_REFUSED,
    GIS_STAFF,
    LOGGED_IN,
    LOGIN_PAGE,
    NO_SECOND_FACTOR,
    NOWHERE,
    NUMBERS,
    OPERATORS,
    OPERATORS_DO,
    OWNERS,
    OWNERS_DO,
    PASSWORD_FIRST,
    PEOPLE,
    PUBLIC,
    SENT_AWAY,
    STAFF_HOME,
    THEIRS,
    UNCLEARED,
    acts_of_gis,
    acts_of_staff,
    each,
    lists_of_staff,
    pages_of_cards,
    public_cards,
    status,
)
from tests.access_words import words_of
from tests.addresses import every_address
from tests.people import registered

# Name → method, the words in its path, statuses.
ROWS = {
    "home": ("get", {}, PUBLIC),
    "pages:contact": ("get", {}, PUBLIC),
    "pages:contact-sent": ("get", {}, PUBLIC),
    "pages:withdraw-address": ("get", {"secret": "inquiry_secret"}, PUBLIC),
    "panel:entries": ("get", {"kind": "kind"}, EDITORS),
    "panel:new-entry": ("get", {"kind": "kind"}, EDITORS),
    "panel:entry": ("get", {"kind": "kind", "pk": "news_key"}, EDITORS),
    "panel:question-group": ("get", {"pk": "group"}, EDITORS),
    "panel:new-question-group": ("get", {}, EDITORS),
    "panel:numbers": ("get", {}, NUMBERS),
    "panel:numbers-file": ("get", {"name": "osiedla"}, NUMBERS),
    "panel:inbox": ("get", {}, ADMINISTRATORS_ONLY),
    "panel:inquiry": ("get", {"pk": "inquiry"}, ADMINISTRATORS_ONLY),
    # An empty state is refused.
    "panel:move-inquiry": ("post", {"pk": "inquiry"}, ADMINISTRATORS_BLOCK),
    "pages:near": ("get", {}, PUBLIC),
    "pages:news": ("get", {}, PUBLIC),
    "pages:news-feed": ("get", {}, PUBLIC),
    "pages:news-entry": ("get", {"code": "news"}, PUBLIC),
    "pages:questions": ("get", {}, PUBLIC),
    "pages:question": ("get", {"code": "question"}, PUBLIC),
    **public_cards(),
    "service-worker": ("get", {}, PUBLIC),
    "sitemap": ("get", {}, PUBLIC),
    "robots": ("get", {}, PUBLIC),
    "favicon": ("get", {}, each(301, 301, 301)),
    "manifest": ("get", {}, PUBLIC),
    "language": ("post", {}, each(302, 302, 302)),
    "offline": ("get", {}, PUBLIC),
    "state": ("get", {}, PUBLIC),
    "reports:new": ("get", {}, PUBLIC),
    "reports:new-shell": ("get", {}, PUBLIC),
    "reports:receipt": ("get", {"reference": "report"}, PUBLIC),
    "reports:qr": ("get", {"reference": "report"}, PUBLIC),
    "reports:calendar": ("get", {"reference": "report"}, PUBLIC),
    "reports:sender": ("get", {"reference": "report", "key": "key"}, PUBLIC),
    "reports:sender-correct": ("post", {"reference": "report", "key": "key"}, each(400, 400, 400)),
    "reports:sender-withdraw": ("post", {"reference": "report", "key": "wrong"}, NOWHERE),
    "reports:sender-remark": ("post", {"reference": "report", "key": "key"}, each(400, 400, 400)),
    "reports:sender-answer": ("post", {"reference": "report", "key": "key"}, each(400, 400, 400)),
    "reports:sender-verdict": ("post", {"reference": "report", "key": "key"}, each(400, 400, 400)),
    "reports:withdraw-consent": ("get", {"reference": "report", "secret": "secret"}, PUBLIC),
    "reports:confirm-mailbox": ("get", {"mailbox": "mailbox", "key": "mailbox_key"}, PUBLIC),
    "reports:not-me": ("get", {"mailbox": "mailbox", "key": "mailbox_key"}, PUBLIC),
    "reports:status-search": ("get", {}, PUBLIC),
    "reports:status": ("get", {"reference": "report"}, PUBLIC),
    "reports:follow": ("get", {"reference": "report"}, PUBLIC),
    "maps:map": ("get", {}, PUBLIC),
    "maps:embedded": ("get", {}, PUBLIC),
    "maps:embedding": ("get", {}, PUBLIC),
    "maps:feed": ("get", {}, PUBLIC),
    "maps:follow": ("get", {}, PUBLIC),
    "maps:watches": ("get", {"mailbox": "mailbox", "key": "watches_key"}, PUBLIC),
    # A wrong secret and what has ended look alike.
    "maps:unwatch": ("get", {"secret": "secret"}, PUBLIC),
    # A view without a box shows nothing.
    "maps:data": ("get", {}, each(400, 400, 400)),
    "maps:tile": ("get", {"z": "zero", "x": "zero", "y": "zero"}, PUBLIC),
    "catalogue:annex": ("get", {}, PUBLIC),
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
    "account_home": ("get", {}, LOGGED_IN),
    "account_consents": ("get", {}, LOGGED_IN),
    "account_newsletter": ("post", {}, SENT_AWAY),
    # Nobody has new rules to decide about here, so the page redirects to the account.
    "account_rules": ("get", {}, SENT_AWAY),
    "account_takeover": ("get", {}, LOGGED_IN),
    "account_data": ("get", {}, PASSWORD_FIRST),
    # Staff give their password once more.
    "account_tokens": ("get", {}, each(302, 403, 302)),
    "account_token_revoke": ("post", {"pk": 1}, each(302, 403, 302)),
    "account_close": ("get", {}, LOGGED_IN),
    "account_closed": ("get", {}, PUBLIC),
    "account_password_check": ("post", {}, PUBLIC),
    "account_email_verification_sent": ("get", {}, PUBLIC),
    "account_confirm_email": ("get", {"key": "x"}, PUBLIC),
    "account_email": ("get", {}, LOGGED_IN),
    "account_change_password": ("get", {}, LOGGED_IN),
    # Everybody has a password.
    "account_set_password": ("get", {}, SENT_AWAY),
    "usersessions_list": ("get", {}, LOGGED_IN),
    "own_reports:list": ("get", {}, LOGGED_IN),
    "own_reports:points": ("get", {}, LOGGED_IN),
    "own_reports:geojson": ("get", {}, LOGGED_IN),
    "own_reports:csv": ("get", {}, LOGGED_IN),
    "own_reports:claim": ("post", {}, SENT_AWAY),
    "own_reports:report": ("get", {"reference": "report"}, OWNERS),
    "own_reports:put-away": ("post", {"reference": "report"}, OWNERS_DO),
    "people:search": ("get", {}, ADMINISTRATORS_ONLY),
    "people:person": ("get", {"pk": "person"}, ADMINISTRATORS_ONLY),
    "people:block": ("post", {"pk": "person"}, ADMINISTRATORS_BLOCK),
    "people:unblock": ("post", {"pk": "person"}, ADMINISTRATORS_DO),
    "people:reset-second-factor": ("post", {"pk": "person"}, ADMINISTRATORS_DO),
    # An empty address is refused.
    "people:restore-address": ("post", {"pk": "person"}, ADMINISTRATORS_BLOCK),
    "people:delete": ("post", {"pk": "person"}, ADMINISTRATORS_DO),
    "account_inactive": ("get", {}, PUBLIC),
    "account_signup": ("get", {}, LOGIN_PAGE),
    "account_reauthenticate": ("get", {}, LOGGED_IN),
    "account_reset_password": ("get", {}, PUBLIC),
    "account_reset_password_done": ("get", {}, PUBLIC),
    "account_reset_password_from_key": ("get", {"uidb36": "1", "key": "x-y"}, PUBLIC),
    "account_reset_password_from_key_done": ("get", {}, PUBLIC),
    "mfa_index": ("get", {}, LOGGED_IN),
    # Half a log-in is needed: the password was right.
    "mfa_authenticate": ("get", {}, SENT_AWAY),
    "mfa_reauthenticate": ("get", {}, PASSWORD_FIRST),
    "mfa_activate_totp": ("get", {}, PASSWORD_FIRST),
    "mfa_deactivate_totp": ("get", {}, NO_SECOND_FACTOR),
    "mfa_view_recovery_codes": ("get", {}, NO_SECOND_FACTOR),
    "mfa_generate_recovery_codes": ("get", {}, PASSWORD_FIRST),
    "mfa_download_recovery_codes": ("get", {}, NO_SECOND_FACTOR),
    "panel:home": ("get", {}, STAFF_HOME),
    **lists_of_staff(),
    "panel:publish-annex": ("post", {}, each(302, 403, 403, 403, 403, 403, 403, 302)),
    "panel:guard": ("post", {}, OPERATORS_DO),
    "panel:report": ("get", {"reference": "report"}, THEIRS),
    # An empty form shows its errors.
    "panel:compose": ("post", {"reference": "report"}, ACT_ON_THEIRS),
    "panel:preview-merging": ("post", {"reference": "report"}, ACT_ON_THEIRS),
    "panel:answering": ("get", {"reference": "report"}, THEIRS),
    "panel:answer-templates": ("get", {}, OPERATORS),
    "panel:new-answer-template": ("get", {}, OPERATORS),
    "panel:answer-template": ("get", {"pk": "answer_template"}, OPERATORS),
    "panel:delete-answer-template": ("post", {"pk": "answer_template"}, OPERATORS_DO),
    **acts_of_staff(),
    **pages_of_cards(),
    "opinion": ("get", {"key": "no-such-key"}, NOWHERE),
    "opinion-file": ("get", {"key": "no-such-key", "pk": "card_file", "name": "x"}, NOWHERE),
    "opinion-picture": ("get", {"key": "no-such-key", "pk": "card_picture"}, NOWHERE),
    "by_link:case": ("get", {"key": "no-such-key"}, NOWHERE),
    "by_link:photo": ("get", {"key": "no-such-key", "pk": "photo", "size": "small"}, NOWHERE),
    "by_link:list": ("get", {"key": "no-such-key"}, NOWHERE),
    "panel:replies": ("get", {}, OPERATORS),
    "panel:close-reply": ("post", {"pk": "one"}, each(302, 403, 403, 403, 404, 403, 403, 404)),
    "panel:switches": ("get", {}, ADMINISTRATORS_ONLY),
    "panel:switch": ("get", {"function": "map"}, ADMINISTRATORS_ONLY),
    "panel:new-break": ("get", {}, ADMINISTRATORS_ONLY),
    "panel:break": ("get", {"pk": "break"}, ADMINISTRATORS_ONLY),
    "panel:break-end": ("post", {"pk": "break"}, ADMINISTRATORS_DO),
    "panel:boundaries": ("get", {}, GIS_STAFF),
    "panel:new-draft": ("get", {}, GIS_STAFF),
    "panel:new-layer": ("get", {}, GIS_STAFF),
    "panel:responsible": ("get", {}, GIS_STAFF),
    "panel:go-back": ("get", {"layer": "osiedla"}, GIS_STAFF),
    "panel:edition": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-outlines": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-editor": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-editor-draft": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-editor-standing": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-editor-draw": ("post", {"code": "draft"}, GIS_EMPTY),
    "panel:edition-editor-undo": ("post", {"code": "draft"}, GIS_EMPTY),
    "panel:edition-editor-redo": ("post", {"code": "draft"}, GIS_EMPTY),
    "panel:edition-uploads": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-upload": ("get", {"code": "draft", "pk": "upload"}, GIS_STAFF),
    "panel:edition-upload-drawing": ("get", {"code": "draft", "pk": "upload"}, GIS_STAFF),
    "panel:edition-changes": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:coverage": ("get", {}, GIS_AND_OPERATORS),
    "panel:claimed-twice": ("get", {}, GIS_AND_OPERATORS),
    "panel:misroutes": ("get", {}, GIS_AND_OPERATORS),
    "panel:annex-table": ("get", {}, GIS_STAFF),
    "panel:edition-annex": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-annex-file": ("get", {"code": "draft"}, GIS_MISS),
    "panel:edition-annex-drop": ("post", {"code": "draft"}, GIS_DO),
    "panel:edition-downloads": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-file": ("get", {"code": "draft", "suffix": "geojson"}, GIS_STAFF),
    "panel:edition-changes-file": ("get", {"code": "draft", "suffix": "geojson"}, GIS_STAFF),
    "panel:edition-stay": ("post", {"code": "draft"}, each(302, 403, 403, 403, 403, 409, 403, 409)),
    "panel:edition-changed-reports": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-changed-points": ("get", {"code": "draft"}, GIS_STAFF),
    "panel:edition-checks": ("get", {"code": "draft"}, GIS_STAFF),
    # Nothing was found in the draft: there is nothing to mend or to explain.
    "panel:edition-snap": ("get", {"code": "draft"}, GIS_REFUSED),
    "panel:edition-mend": ("get", {"code": "draft", "pk": "person", "word": "snap"}, GIS_MISS),
    "panel:edition-accept": ("post", {"code": "draft", "pk": "person"}, GIS_MISS),
    "panel:edition-explain": ("post", {"code": "draft", "pk": "person"}, GIS_MISS),
    **acts_of_gis(),
    "api:reports": ("get", {}, PUBLIC),
    "api:report": ("get", {"reference": "report"}, PUBLIC),
    # JSON only: what a form of another site could send is refused.
    "api:follow": ("post", {"reference": "report"}, each(415, 415, 415)),
    "api:similar": ("get", {}, each(400, 400, 400)),
    # Anybody may send one; nobody may list them.
    "api:photos": ("get", {}, each(405, 405, 405)),
    "api:uploads": ("get", {}, each(405, 405, 405)),
    "api:upload": ("head", {"pk": "photo"}, NOWHERE),
    "api:categories": ("get", {}, PUBLIC),
    "api:district-tiles": ("get", {}, PUBLIC),
    "api:district-tile": ("get", {"z": "zero", "x": "zero", "y": "zero"}, PUBLIC),
    "api:districts": ("get", {}, PUBLIC),
    "api:locate": ("get", {}, each(400, 400, 400)),
    "api:addresses": ("get", {}, PUBLIC),
    "api:schema": ("get", {}, PUBLIC),
    "api:docs": ("get", {}, PUBLIC),
    **{
        f"ogc:{name}": ("get", {}, PUBLIC)
        for name in ("landing", "conformance", "api", "collections")
    },
    "districts:editions": ("get", {}, PUBLIC),
    "districts:edition": ("get", {"code": "edition"}, PUBLIC),
    "districts:edition-outlines": ("get", {"code": "edition"}, PUBLIC),
    "districts:edition-file": ("get", {"code": "edition", "suffix": "zip"}, PUBLIC),
    # The first edition has nothing to be compared with.
    "districts:changes-file": ("get", {"code": "edition", "suffix": "zip"}, NOWHERE),
    "maps:addresses": ("get", {"column": "zero", "row": "zero"}, PUBLIC),
    "maps:basemap": ("get", {"name": "0" * 16}, NOWHERE),
    "ogc:collection": ("get", {"collection": OSIEDLA}, PUBLIC),
    "ogc:items": ("get", {"collection": OSIEDLA}, PUBLIC),
    "ogc:item": ("get", {"collection": OSIEDLA, "feature": "feature"}, PUBLIC),
    "admin:index": ("get", {}, ADMINISTRATORS),
}


@pytest.fixture
def blocked(db) -> User:
    return registered("bartek")


@pytest.fixture
def words(resident) -> dict[str, object]:
    return words_of(resident)


def test_every_address_has_a_row():
    names = [name for name, _pattern in every_address()]
    assert sorted(names) == sorted(ROWS), "a new address needs a row, and a name of its own"


def test_only_acts_named_here_are_for_any_staff():
    permitted = {act.name for act in ACTS if act.permission is Permission.STAFF}
    assert permitted == ACTS_OF_ANY_STAFF


# What a press does at addresses whose row looks at the page.
PRESSES = {
    "account_close": each(302, 400, 400),
    "account_data": PASSWORD_FIRST,
    "account_rules": SENT_AWAY,
    "account_consents": each(302, 400, 400),
    "usersessions_list": SENT_AWAY,
    "account_email": SENT_AWAY,
    "account_change_password": LOGGED_IN,
    "own_reports:list": each(405, 405, 405),
    "people:search": each(405, 405, 405),
    "panel:new-break": ADMINISTRATORS_BLOCK,
}


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_may_press_what_the_row_says(person, request, client, words):
    log_in(client, request, person)
    got = {name: status(client, "post", reverse(name)) for name in PRESSES}
    assert got == {name: statuses[person] for name, statuses in PRESSES.items()}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_page_of_the_admin_is_the_administrators(person, request, client, words):
    """Its lists and forms redirect everybody who is not an administrator to the admin's log-in."""
    log_in(client, request, person)
    pages = [
        reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}")
        for model in admin.site._registry
        for page in ("changelist", "add")
    ]
    allowed = {200, 403} if person == "administrator" else {302}
    assert {status(client, "get", page) for page in pages} <= allowed
    assert len(pages) > 20


@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_the_row_says(person, request, client, words):
    log_in(client, request, person)
    got, expected = {}, {}
    for name, (method, parameters, statuses) in ROWS.items():
        kwargs = {key: words.get(word, word) for key, word in parameters.items()}
        got[name] = status(client, method, reverse(name, kwargs=kwargs))
        expected[name] = statuses[person]
    assert got == expected


def log_in(client, request, person: str) -> None:
    """Log in as ``person``. Somebody blocked logged in before the block."""
    client.logout()
    if person == "anonymous":
        return
    user = request.getfixturevalue(person)
    client.force_login(user)
    if person == "blocked":
        User.objects.filter(pk=user.pk).update(is_active=False)
