"""The shape of a card in a file: its fields, and what each may hold."""

import datetime
import re
from collections.abc import Collection
from decimal import Decimal, InvalidOperation
from typing import Any

from units.fixture_files import FixtureError, check_known

# Texts of ``Contents`` that have the same name there.
TEXTS = (
    *("title", "summary", "online_url", "handling", "time_limit", "place", "exemptions", "appeal"),
    "change_note",
)
# A field of a file → the field of ``Contents``.
FACTS = {
    "online": "is_online",
    "by_post": "is_by_post",
    "by_phone": "is_by_phone",
    "appointment": "needs_appointment",
    "fee": "has_fee",
    "proxy": "allows_proxy",
}
# Lists of codes, numbers or words, which belong to the procedure.
LISTS = ("topics", "situations", "categories", "related", "synonyms")
# The fields of each row of a part; those that may be left out or empty follow "required".
ROWS = {
    "fees": ("name", "amount", "account"),
    "documents": ("kind", "name", "note", "template"),
    "legal_basis": ("title", "url"),
    "pictures": ("name", "description", "file"),
}
FIELDS = (
    *("number", "title", "summary", "unit", "department", *LISTS, "desk_layer", "review_by"),
    *("is_demo", "online", "online_url", "by_post", "by_phone", "appointment", "fee", "proxy"),
    *("steps", "handling", "time_limit", "place", "fees", "exemptions", "documents"),
    *("legal_basis", "appeal", "pictures", "change_note"),
)
_NUMBER = re.compile("KA-[0-9]{5}")
_KINDS = {"required", "other"}
# C0 but tab and line feed, C1, and halves of surrogate pairs, which JSON can write.
_UNUSABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
_MOST_ROWS = 100
_LONGEST = 20_000


def clean_card(row: object, *, where: str) -> dict[str, Any]:
    """The card with every field there, texts stripped, lists as lists of texts or mappings, amounts
    as decimals and the date as a date. ``FixtureError`` names ``where`` and what is wrong.
    """
    if not isinstance(row, dict):
        raise FixtureError(f"{where}: a card must have named fields.")
    for name in row:
        check_known(str(name), FIELDS, where=where, what="field")
    number = _text(row.get("number"), where=f"{where}: 'number'")
    if not _NUMBER.fullmatch(number):
        raise FixtureError(f"{where}: 'number' must look like KA-00001, not {number!r}.")
    where = f"{where} ({number})"
    card: dict[str, Any] = {"number": number}
    for name in (*TEXTS, "unit", "department", "desk_layer"):
        card[name] = _text(row.get(name), where=f"{where}: '{name}'")
    for name in ("title", "unit"):
        if not card[name]:
            raise FixtureError(f"{where}: '{name}' is missing.")
    for name in (*FACTS, "is_demo"):
        card[name] = _yes_or_no(row.get(name), where=f"{where}: '{name}'")
    for name in (*LISTS, "steps"):
        given = _list(row.get(name), where=f"{where}: '{name}'")
        texts = [_text(one, where=f"{where}: '{name}'") for one in given]
        if not all(texts):
            raise FixtureError(f"{where}: '{name}' has an empty entry.")
        card[name] = texts
    for name in ROWS:
        given = _list(row.get(name), where=f"{where}: '{name}'")
        card[name] = [
            _clean_row(one, name, where=f"{where}: '{name}', row {position}")
            for position, one in enumerate(given, start=1)
        ]
    card["review_by"] = _date(row.get("review_by"), where=f"{where}: 'review_by'")
    return card


def _clean_row(row: object, part: str, *, where: str) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise FixtureError(f"{where}: must have named fields.")
    for name in row:
        check_known(str(name), ROWS[part], where=where, what="field")
    cleaned: dict[str, Any] = {
        name: _text(row.get(name), where=f"{where}: '{name}'")
        for name in ROWS[part]
        if name != "amount"
    }
    if part == "fees":
        cleaned["amount"] = _amount(row.get("amount"), where=f"{where}: 'amount'")
    if part == "documents":
        cleaned["kind"] = cleaned["kind"] or "required"
        check_known(cleaned["kind"], _KINDS, where=where, what="kind")
    called = "title" if part == "legal_basis" else "name"
    if not cleaned[called]:
        raise FixtureError(f"{where}: '{called}' is missing.")
    return cleaned


def _text(value: object, *, where: str) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise FixtureError(f"{where} must be text, not {value!r} (quote yes, no and numbers).")
    if len(value) > _LONGEST:
        raise FixtureError(f"{where} is longer than {_LONGEST} characters.")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if found := _UNUSABLE.search(text):
        raise FixtureError(f"{where} holds the unusable character {found[0]!a}.")
    return text


def _yes_or_no(value: object, *, where: str) -> bool:
    if value is None:
        return False
    if not isinstance(value, bool):
        raise FixtureError(f"{where} must be true or false, not {value!r}.")
    return value


def _list(value: object, *, where: str) -> list:
    if value is None:
        return []
    if not isinstance(value, list):
        raise FixtureError(f"{where} must be a list, not {value!r}.")
    if len(value) > _MOST_ROWS:
        raise FixtureError(f"{where} has more than {_MOST_ROWS} entries.")
    return value


def _amount(value: object, *, where: str) -> Decimal | None:
    if value is None or value == "":
        return None
    try:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise InvalidOperation
        amount = Decimal(str(value).replace(",", "."))
        if not 0 <= amount < 10_000_000 or amount != round(amount, 2):
            raise InvalidOperation
    except InvalidOperation as wrong:
        raise FixtureError(f'{where} must be złoty like "12.00", not {value!r}.') from wrong
    return round(amount, 2)


def _date(value: object, *, where: str) -> datetime.date | None:
    if value is None or value == "":
        return None
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    try:
        return datetime.date.fromisoformat(value if isinstance(value, str) else "")
    except ValueError as wrong:
        raise FixtureError(f"{where} must be a date like 2027-05-31, not {value!r}.") from wrong


def check_codes(codes: Collection[str], known: Collection[str], *, where: str, what: str) -> None:
    """Refuse a code that is not known, or is there twice."""
    for code in codes:
        check_known(code, known, where=where, what=what)
    if len(set(codes)) != len(codes):
        raise FixtureError(f"{where}: a {what} is there twice.")
