"""Personal data that a resident may have written by accident.

The device finds the same before sending (``static/js/lib/personal-data.js``); both keep to
``tests/reports/intake/personal_data_cases.json`` and to one table of phone prefixes. A finding is
a hint for a person, not a verdict.
"""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from stdnum import iban
from stdnum.pl import pesel


class Kind(TextChoices):
    BANK_ACCOUNT = "bank_account", _("numer konta")
    PESEL = "pesel", _("PESEL")
    EMAIL = "email", _("adres e-mail")
    PHONE = "phone", _("numer telefonu")
    CAR_PLATE = "car_plate", _("numer rejestracyjny")


class _Finding(NamedTuple):
    """``text[start:end]`` (characters) looks like ``kind``."""

    kind: str
    start: int
    end: int


_LETTER = "A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż"
_SPACE = r"[ \u00a0]"
_JOINT = r"[ \u00a0–-]"
# Nothing that would make it a part of a longer number or word follows.
_END = rf"(?![0-9{_LETTER}_]|[.:–-][0-9])"

_ACCOUNT = rf"(?:[Pp][Ll]{_SPACE}?)?[0-9](?:{_JOINT}?[0-9]){{25}}{_END}"
_PESEL = rf"[0-9]{{6}}{_JOINT}?[0-9]{{5}}{_END}"
_EMAIL = (
    r"[A-Za-z0-9._%+-]{1,64} ?(?:@|[(\[](?:at|AT|małpa)[)\]]) ?"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)

_COUNTRY = rf"(?:(?:\+|00)48{_JOINT}?|\(\+?48\){_SPACE}?|48{_JOINT})?"
_AREA = r"\(?(?:0-?)?[1-9][0-9]\)?"
_NATIONAL = (
    r"[1-9][0-9]{8}",
    rf"[1-9][0-9]{{2}}{_JOINT}[0-9]{{3}}{_JOINT}[0-9]{{3}}",
    rf"[1-9][0-9]{{2}}{_JOINT}[0-9]{{2}}{_JOINT}[0-9]{{2}}{_JOINT}[0-9]{{2}}",
    rf"[1-9][0-9]{{2}}{_JOINT}[0-9]{{6}}",
    r"[1-9][0-9]{2}\.[0-9]{3}\.[0-9]{3}",
    r"[1-9][0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}",
    r"[1-9][0-9]\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}",
    rf"{_AREA}[ \u00a0/-]{{0,2}}[0-9]{{3}}{_JOINT}[0-9]{{2}}{_JOINT}[0-9]{{2}}",
    rf"{_AREA}[ \u00a0/-]{{1,2}}[0-9]{{3}}{_JOINT}?[0-9]{{4}}",
    # Only for mobiles: as an area code it would be a date.
    rf"[4-8][0-9]{_JOINT}[0-9]{{2}}{_JOINT}[0-9]{{2}}{_JOINT}[0-9]{{3}}",
)
_PHONE = rf"{_COUNTRY}(?:{'|'.join(_NATIONAL)}){_END}"
# One table for server and device, made by ``manage.py derive_phone_prefixes``; see docs/adr/0021.
PREFIXES_FILE = settings.BASE_DIR / "static" / "js" / "lib" / "phone-prefixes.json"
_PREFIXES = json.loads(PREFIXES_FILE.read_text())
# A price, a length or an area, not a number to call.
_AMOUNT = re.compile(
    rf"(?:{_SPACE}[0-9]{{3}})*(?:,[0-9]+)?{_SPACE}?(?:zł|złotych|złote|PLN|EUR|euro|€|tys|mln|m²|m2|m3|m|km|kg){_END}"
)
# Numbers of companies and of matters, which may have nine digits too.
_OFFICIAL = re.compile(
    r"(?:(?:regon|nip|krs|bdo|ean)(?: (?:nr|numer))?"
    rf"|(?:zgłoszeni|spraw|działk)[a-z]{{1,3}} (?:nr|numer))[.:]?{_SPACE}?$",
    re.IGNORECASE,
)

# Two letters of a city or county with that many; the voivodeship's letter and two more otherwise.
_CITIES = (
    "BI|BL|BS|C[BGTW]|D[BJLWX]|E[DLPS]|F[GZ]|G[ADS]|K[KNRT]|L[BCUZ]|N[EO]|OP|P[KLNOY]|R[KPTZ]"
    "|S[BCDGHIJKLMORTWYZ]|TK|W[ABDEFHIJKNOPRSTUXYZ]|Z[KS]"
)
_COUNTIES = "(?!LED|ZZM|ZLM|WGK|ZGO|MPK|PKP|PKS|KRS|NIP|RAL|ROD|PCV|TIR|SUV)[B-GKLNOPR-TWZ][A-Z]{2}"
# The part after the space never has these letters: B, D, I, O, Q, Z look like digits.
_SIGN = "[ACE-HJ-NPR-Y]"
_AFTER_TWO = (
    f"[0-9]{{5}}|[0-9]{{4}}{_SIGN}|[0-9]{{3}}{_SIGN}{{2}}|[0-9]{_SIGN}[0-9]{{3}}|[0-9]{_SIGN}{{2}}[0-9]{{2}}"
    f"|{_SIGN}{{2}}[0-9]{{3}}|[0-9]{{2}}{_SIGN}[0-9]{{2}}|[0-9]{{3}}{_SIGN}[0-9]"
)
_AFTER_THREE = (
    f"[0-9]{{5}}|[0-9]{{4}}{_SIGN}|[0-9]{{3}}{_SIGN}{{2}}|{_SIGN}[0-9]{{3}}|[0-9]{{2}}{_SIGN}{{2}}"
    f"|[0-9]{_SIGN}[0-9]{{2}}|[0-9]{{2}}{_SIGN}[0-9]|[0-9]{_SIGN}{{2}}[0-9]|{_SIGN}{{2}}[0-9]{{2}}"
    f"|{_SIGN}[0-9]{{2}}{_SIGN}|{_SIGN}[0-9]{_SIGN}{{2}}"
)
_PLATE = (
    rf"(?:(?:{_CITIES}){_JOINT}?(?:{_AFTER_TWO})|{_COUNTIES}{_JOINT}?(?:{_AFTER_THREE}))"
    rf"(?![0-9{_LETTER}_]|[–-][0-9{_LETTER}])"
)


def find_personal_data(text: str) -> list[_Finding]:
    """What in ``text`` may be personal data, in its order, without overlaps.

    Plates made to order ("E0 ANNA") look like ordinary words and stay unfound.
    """
    found: list[_Finding] = []
    for kind, pattern, is_one in _SEARCHES:
        for start, end in _candidates(pattern, text):
            is_free = all(end <= other.start or other.end <= start for other in found)
            if is_free and is_one(text, start, end):
                found.append(_Finding(kind.value, start, end))
    return sorted(found, key=lambda finding: finding.start)


def kinds_found(text: str) -> list[str]:
    """Kinds of personal data in ``text``, each once; what the operator is shown."""
    return sorted({finding.kind for finding in find_personal_data(text)})


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    return [str(Kind(kind).label) for kind in kinds]


def _candidates(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Every place where ``pattern`` fits, overlapping ones too: the first may prove wrong."""
    for match in pattern.finditer(text):
        yield match.span(1)


def _stands_alone(text: str, start: int) -> bool:
    """Whether a number may begin at ``start``: not inside a word, an address or a longer number."""
    before = text[max(0, start - 2) : start]
    return not re.search(
        rf"[0-9{_LETTER}_@+]$|[0-9][.:–-]$|[{_LETTER}/]/$|[{_LETTER}0-9]-$", before
    )


def _is_account(text: str, start: int, end: int) -> bool:
    return _stands_alone(text, start) and iban.is_valid(f"PL{_digits(text[start:end])}")


def _is_pesel(text: str, start: int, end: int) -> bool:
    number = _digits(text[start:end])
    if not _stands_alone(text, start) or not pesel.is_valid(number):
        return False
    # The number has room for births from 1800 to 2299; whoever is written about lives today.
    return date(1900, 1, 1) <= pesel.get_birth_date(number) <= date.today()  # noqa: DTZ011 a day more or less


def _is_email(text: str, start: int, end: int) -> bool:
    return not re.search(rf"[0-9{_LETTER}._%+-]$", text[max(0, start - 1) : start])


def _is_phone(text: str, start: int, end: int) -> bool:
    if not _stands_alone(text, start) or _AMOUNT.match(text, end):
        return False
    if _OFFICIAL.search(text[max(0, start - 30) : start]):
        return False
    number = _digits(text[start:end])[-9:]
    # Behind an area code no number begins with 0 or 1.
    return number[:2] in _PREFIXES["mobile"] or (
        number[:2] in _PREFIXES["area"] and number[2] not in "01"
    )


def _is_plate(text: str, start: int, end: int) -> bool:
    return not re.search(rf"[0-9{_LETTER}_/.–-]$", text[max(0, start - 1) : start])


def _digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


# In this order: an account may contain what looks like a phone, not the other way round.
_SEARCHES = [
    (kind, re.compile(f"(?=({pattern}))"), is_one)
    for kind, pattern, is_one in (
        (Kind.BANK_ACCOUNT, _ACCOUNT, _is_account),
        (Kind.PESEL, _PESEL, _is_pesel),
        (Kind.EMAIL, _EMAIL, _is_email),
        (Kind.PHONE, _PHONE, _is_phone),
        (Kind.CAR_PLATE, _PLATE, _is_plate),
    )
]
