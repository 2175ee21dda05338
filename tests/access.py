"""Who may do what, as statuses: the words in which ``test_access_matrix.py`` says it."""

from copy import deepcopy

from django.db import transaction

from panel.act import Permission
from panel.boundaries.acts import ACTS as EDITION_ACTS
from panel.procedures.acts import ACTS as CARD_ACTS
from panel.registry import ACTS

PEOPLE = (
    "anonymous",
    # A block ends all sessions, so the answers are those for an anonymous person.
    "blocked",
    "resident",
    "other_resident",
    "unit_member",
    "other_unit_member",
    "operator",
    "gis",
    "editor",
    "administrator",
)
STAFF = PEOPLE[4:]


def each(nobody: int, residents: int, *staff: int) -> dict[str, int]:
    """Status for each of PEOPLE: nobody logged in, residents, staff (one for all, or one each)."""
    everybody = staff * len(STAFF) if len(staff) == 1 else staff
    rest = dict(zip(STAFF, everybody, strict=True))
    people = {"anonymous": nobody, "blocked": nobody}
    return people | {"resident": residents, "other_resident": residents} | rest


# For somebody who is not logged in, 302 leads to the log-in.
PUBLIC = each(200, 200, 200)
NOWHERE = each(404, 404, 404)
LOGIN_PAGE = each(200, 302, 302)
LOGGED_IN = each(302, 200, 200)
SENT_AWAY = each(302, 302, 302)
STAFF_HOME = each(302, 403, 302)
OPERATORS = each(302, 403, 403, 403, 200, 403, 403, 200)
OPERATORS_DO = each(302, 403, 403, 403, 302, 403, 403, 302)
# Of their own units, or of all.
NUMBERS = each(302, 403, 200, 200, 200, 403, 403, 200)
UNITS = each(302, 403, 200, 200, 403, 403, 403, 403)
GIS_AND_OPERATORS = each(302, 403, 403, 403, 200, 200, 403, 200)
GIS_STAFF = each(302, 403, 403, 403, 403, 200, 403, 200)
# The draft of the administrator's, as it begins: an empty description is refused, it is not checked
# nor approved, nothing was done that could be undone.
GIS_REFUSED = each(302, 403, 403, 403, 403, 409, 403, 409)
GIS_DO = each(302, 403, 403, 403, 403, 302, 403, 302)
GIS_EMPTY = each(302, 403, 403, 403, 403, 400, 403, 400)
EDITORS = each(302, 403, 403, 403, 403, 403, 200, 200)
EDITORS_DO = each(302, 403, 403, 403, 403, 403, 302, 302)
EDITORS_EMPTY = each(302, 403, 403, 403, 403, 403, 400, 400)
EDITORS_MISS = each(302, 403, 403, 403, 403, 403, 404, 404)
EDITORS_REFUSED = each(302, 403, 403, 403, 403, 403, 409, 409)
# A published card, not withdrawn, without a draft: a draft may be begun, and an empty form of a
# pause takes one away. An empty form is refused before the state of the card is asked for.
ACTS_OF_EDITORS = {
    "procedure-begin": EDITORS_DO,
    "procedure-pause-links": EDITORS_DO,
    "procedure-withdraw": EDITORS_EMPTY,
    "procedure-send-back": EDITORS_EMPTY,
}
GIS_MISS = each(302, 403, 403, 403, 403, 404, 403, 404)
ACTS_OF_GIS = {
    "edition-check": each(302, 403, 403, 403, 403, 302, 403, 302),
    "edition-describe": each(302, 403, 403, 403, 403, 400, 403, 400),
    "edition-withdraw": each(302, 403, 403, 403, 403, 302, 403, 302),
}
ADMINISTRATORS_ONLY = each(302, 403, 403, 403, 403, 403, 403, 200)
# Acts on a person: they redirect, and an empty reason is refused.
ADMINISTRATORS_DO = each(302, 403, 403, 403, 403, 403, 403, 302)
ADMINISTRATORS_BLOCK = each(302, 403, 403, 403, 403, 403, 403, 400)
# Others are redirected to the admin's log-in, which refuses them (tests/accounts/test_admin.py).
ADMINISTRATORS = each(302, 302, 302, 302, 302, 302, 302, 200)
# People who have no second factor yet; setting one up asks for the password once more.
PASSWORD_FIRST = each(302, 302, 302)
NO_SECOND_FACTOR = each(302, 404, 404)
# One report of ZDiT: the page, an act on it (400: the person may act, only the empty form is
# refused).
THEIRS = each(302, 403, 200, 404, 200, 404, 404, 200)
ACT_ON_THEIRS = each(302, 403, 400, 404, 400, 404, 404, 400)
ACT_OF_OPERATORS = each(302, 403, 403, 403, 400, 403, 403, 400)
# A photo that nobody cleared, of a report of ZDiT's that ``resident`` sent.
UNCLEARED = each(404, 404, 200, 404, 200, 404, 404, 200) | {"resident": 200}
# That report on its owner's own list.
OWNERS = each(302, 404, 404) | {"resident": 200}
OWNERS_DO = each(302, 404, 404) | {"resident": 302}

# What the registry's permissions mean, said once more: a row whose permission is changed there is
# tried by everybody here.
BY_PERMISSION = {
    Permission.STAFF: ACT_ON_THEIRS,
    Permission.OPERATOR: ACT_OF_OPERATORS,
    # The members here lead no unit (tests/reports/handling/test_assignees.py has leaders).
    Permission.LEADER: ACT_OF_OPERATORS,
}
# An act that any staff may do is named here too, so that no row becomes one by a slip. New acts of
# operators need no line.
ACTS_OF_ANY_STAFF = {
    "change-status",
    "give-back",
    "clear-description",
    "clear-photo",
    "blur-photo",
    "take",
    "let-go",
    "add-memo",
    "ask-sender",
    "merge",
    "unmerge",
    "send-letter-again",
}


def acts_of_staff() -> dict[str, tuple[str, dict[str, str], dict[str, int]]]:
    """A row for each act of the registry."""
    report, photo = {"reference": "report"}, {"reference": "report", "pk": "photo"}
    return {
        f"panel:{act.name}": (
            "post",
            photo if act.is_about_photo else report,
            BY_PERMISSION[act.permission],
        )
        for act in ACTS
    }


def public_cards() -> dict[str, tuple[str, dict[str, str], dict[str, int]]]:
    """A row for each address of the knowledge base that anybody opens."""
    card = {"number": "card"}
    return {
        "procedures:search": ("get", {}, PUBLIC),
        "procedures:suggestions": ("get", {}, PUBLIC),
        "procedures:card": ("get", card, PUBLIC),
        "procedures:card-pdf": ("get", card, PUBLIC),
        "procedures:card-data": ("get", card, PUBLIC),
        "procedures:card-other-spelling": ("get", {"spelled": "card_spelled"}, each(301, 301, 301)),
        "procedures:file": ("get", {"pk": "card_file", "name": "card_file_name"}, PUBLIC),
        "procedures:picture": ("get", {"pk": "card_picture"}, PUBLIC),
        # Nothing was chosen.
        "procedures:feedback": ("post", card, each(400, 400, 400)),
        "api:procedures": ("get", {}, PUBLIC),
        "api:procedure": ("get", card, PUBLIC),
    }


def pages_of_cards() -> dict[str, tuple[str, dict[str, str], dict[str, int]]]:
    """A row for each page of the editors' room of cards, and for each act on a card."""
    return {
        "panel:procedures": ("get", {}, EDITORS),
        "panel:procedures-calendar": ("get", {}, EDITORS),
        "panel:procedures-links": ("get", {}, EDITORS),
        "panel:procedures-opinions": ("get", {}, EDITORS),
        "panel:procedures-missed": ("get", {}, EDITORS),
        "panel:procedure-new": ("get", {}, EDITORS),
        "panel:procedure-file": ("get", {"pk": "card_file", "name": "card_file_name"}, EDITORS),
        "panel:procedure-picture": ("get", {"pk": "card_picture"}, EDITORS),
        "panel:procedure": ("get", {"number": "card"}, EDITORS),
        # It has no draft.
        "panel:procedure-edit": ("get", {"number": "card"}, EDITORS_MISS),
        "panel:procedure-arrange": ("get", {"number": "card"}, EDITORS),
        "panel:procedure-version": ("get", {"number": "card", "version": "one"}, EDITORS),
        "panel:procedure-differences": (
            "get",
            {"number": "card", "version": "one", "since": "one"},
            EDITORS,
        ),
        # Nothing of the form is given, and there is no such link.
        "panel:procedure-link": ("post", {"number": "card"}, EDITORS_EMPTY),
        "panel:procedure-link-revoke": ("post", {"number": "card", "pk": "one"}, EDITORS_MISS),
        **{
            f"panel:{act.name}": (
                "post",
                {"number": "card"},
                ACTS_OF_EDITORS.get(act.name, EDITORS_REFUSED),
            )
            for act in CARD_ACTS
        },
    }


def acts_of_gis() -> dict[str, tuple[str, dict[str, str], dict[str, int]]]:
    """A row for each act on an edition."""
    return {
        f"panel:{act.name}": ("post", {"code": "draft"}, ACTS_OF_GIS.get(act.name, GIS_REFUSED))
        for act in EDITION_ACTS
    }


def lists_of_staff() -> dict[str, tuple[str, dict[str, str], dict[str, int]]]:
    """A row for each address of the two rooms with a list."""
    rows: dict[str, tuple[str, dict[str, str], dict[str, int]]] = {
        "panel:case-sheet": ("get", {"reference": "report"}, THEIRS)
    }
    for room, may, may_not_say, may_not_find in (
        (
            "operator",
            OPERATORS,
            each(302, 403, 403, 403, 400, 403, 403, 400),
            each(302, 403, 403, 403, 404, 403, 403, 404),
        ),
        (
            "unit",
            UNITS,
            each(302, 403, 400, 400, 403, 403, 403, 403),
            each(302, 403, 404, 404, 403, 403, 403, 403),
        ),
    ):
        rows[f"panel:{room}"] = ("get", {}, may)
        # A view without a box shows nothing.
        rows[f"panel:{room}-map"] = ("get", {}, may_not_say)
        # A stream that does not say since when tells nothing.
        rows[f"panel:{room}-live"] = ("get", {}, may_not_say)
        rows[f"panel:{room}-day"] = ("get", {}, may)
        rows[f"panel:{room}-views"] = ("get", {}, may)
        rows[f"panel:{room}-csv"] = ("get", {}, may)
        rows[f"panel:{room}-geojson"] = ("get", {}, may)
        # Asked for, and shown among one's own.
        may_ask = {who: 302 if answer == 400 else answer for who, answer in may_not_say.items()}
        rows[f"panel:{room}-xlsx"] = ("post", {}, may_ask)
        # No act is chosen.
        rows[f"panel:{room}-bulk"] = ("get", {}, may_not_say)
        # There is no such view.
        for act in ("rename", "delete"):
            rows[f"panel:{room}-view-{act}"] = ("post", {"pk": "one"}, may_not_find)
    # Each sees only their own.
    rows["panel:workbooks"] = ("get", {}, each(302, 403, 200))
    rows["panel:workbook"] = ("get", {"pk": "nothing"}, each(302, 403, 404))
    rows["panel:bulk-acts"] = ("get", {}, each(302, 403, 200))
    rows["panel:bulk"] = ("get", {"pk": "one"}, each(302, 403, 404))
    for act in ("confirm", "undo"):
        rows[f"panel:bulk-{act}"] = ("post", {"pk": "one"}, each(302, 403, 404))
    return rows


def status(client, method: str, address: str) -> int:
    """The status of a request that leaves nothing behind: it may log out, or delete what the next
    one asks for.
    """
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        answer = getattr(client, method)(address)
        transaction.set_rollback(True)
    client.cookies = cookies
    return answer.status_code
