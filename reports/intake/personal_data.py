"""Personal data that a resident may have written by accident.

The device finds the same before sending (``static/js/lib/personal-data.js``); both keep to
``tests/reports/intake/personal_data_cases.json``. A finding is a hint for a person, not a verdict.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    BANK_ACCOUNT = "bank_account", _("numer konta")
    PESEL = "pesel", _("PESEL")
    EMAIL = "email", _("adres e-mail")
    PHONE = "phone", _("numer telefonu")
    CAR_PLATE = "car_plate", _("numer rejestracyjny")


class Finding(NamedTuple):
    """``text[start:end]`` (characters) looks like ``kind``."""

    kind: str
    start: int
    end: int


LETTER = "A-Za-zĄĆĘŁŃÓŚŹŻąćęłńóśźż"
SPACE = r"[ \u00a0]"
JOINT = r"[ \u00a0–-]"
# Nothing that would make it a part of a longer number or word follows.
END = rf"(?![0-9{LETTER}_]|[.:–-][0-9])"

ACCOUNT = rf"(?:[Pp][Ll]{SPACE}?)?[0-9](?:{JOINT}?[0-9]){{25}}{END}"
PESEL = rf"[0-9]{{6}}{JOINT}?[0-9]{{5}}{END}"
EMAIL = (
    r"[A-Za-z0-9._%+-]{1,64} ?(?:@|[(\[](?:at|AT|małpa)[)\]]) ?"
    r"(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,24}(?![A-Za-z0-9-])"
)

COUNTRY = rf"(?:(?:\+|00)48{JOINT}?|\(\+?48\){SPACE}?|48{JOINT})?"
AREA = r"\(?(?:0-?)?[1-9][0-9]\)?"
NATIONAL = (
    r"[1-9][0-9]{8}",
    rf"[1-9][0-9]{{2}}{JOINT}[0-9]{{3}}{JOINT}[0-9]{{3}}",
    rf"[1-9][0-9]{{2}}{JOINT}[0-9]{{2}}{JOINT}[0-9]{{2}}{JOINT}[0-9]{{2}}",
    rf"[1-9][0-9]{{2}}{JOINT}[0-9]{{6}}",
    r"[1-9][0-9]{2}\.[0-9]{3}\.[0-9]{3}",
    r"[1-9][0-9]{2}\.[0-9]{2}\.[0-9]{2}\.[0-9]{2}",
    r"[1-9][0-9]\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}",
    rf"{AREA}[ \u00a0/-]{{0,2}}[0-9]{{3}}{JOINT}[0-9]{{2}}{JOINT}[0-9]{{2}}",
    rf"{AREA}[ \u00a0/-]{{1,2}}[0-9]{{3}}{JOINT}?[0-9]{{4}}",
    # Only for mobiles: as an area code it would be a date.
    rf"[4-8][0-9]{JOINT}[0-9]{{2}}{JOINT}[0-9]{{2}}{JOINT}[0-9]{{3}}",
)
PHONE = rf"{COUNTRY}(?:{'|'.join(NATIONAL)}){END}"
MOBILE = ["45", "50", "51", "53", "57", "60", "66", "69", "72", "73", "78", "79", "88"]
# Area codes, and 39 for numbers of the internet. 70 and 80 (information lines) are nobody's own.
AREAS = [
    "12",
    "13",
    "14",
    "15",
    "16",
    "17",
    "18",
    "22",
    "23",
    "24",
    "25",
    "29",
    "32",
    "33",
    "34",
    "39",
    "41",
    "42",
    "43",
    "44",
    "46",
    "48",
    "52",
    "54",
    "55",
    "56",
    "58",
    "59",
    "61",
    "62",
    "63",
    "65",
    "67",
    "68",
    "71",
    "74",
    "75",
    "76",
    "77",
    "81",
    "82",
    "83",
    "84",
    "85",
    "86",
    "87",
    "89",
    "91",
    "94",
    "95",
]
# A price, a length or an area, not a number to call.
AMOUNT = re.compile(
    rf"(?:{SPACE}[0-9]{{3}})*(?:,[0-9]+)?{SPACE}?(?:zł|złotych|złote|PLN|EUR|euro|€|tys|mln|m²|m2|m3|m|km|kg){END}"
)
# Numbers of companies and of matters, which may have nine digits too.
OFFICIAL = re.compile(
    r"(?:(?:regon|nip|krs|bdo|ean)(?: (?:nr|numer))?"
    rf"|(?:zgłoszeni|spraw|działk)[a-z]{{1,3}} (?:nr|numer))[.:]?{SPACE}?$",
    re.IGNORECASE,
)

# Two letters of a city or county with that many; the voivodeship's letter and two more otherwise.
CITIES = (
    "BI|BL|BS|C[BGTW]|D[BJLWX]|E[DLPS]|F[GZ]|G[ADS]|K[KNRT]|L[BCUZ]|N[EO]|OP|P[KLNOY]|R[KPTZ]"
    "|S[BCDGHIJKLMORTWYZ]|TK|W[ABDEFHIJKNOPRSTUXYZ]|Z[KS]"
)
COUNTIES = "(?!LED|ZZM|ZLM|WGK|ZGO|MPK|PKP|PKS|KRS|NIP|RAL|ROD|PCV|TIR|SUV)[B-GKLNOPR-TWZ][A-Z]{2}"
# The part after the space never has these letters: B, D, I, O, Q, Z look like digits.
SIGN = "[ACE-HJ-NPR-Y]"
AFTER_TWO = (
    f"[0-9]{{5}}|[0-9]{{4}}{SIGN}|[0-9]{{3}}{SIGN}{{2}}|[0-9]{SIGN}[0-9]{{3}}|[0-9]{SIGN}{{2}}[0-9]{{2}}"
    f"|{SIGN}{{2}}[0-9]{{3}}|[0-9]{{2}}{SIGN}[0-9]{{2}}|[0-9]{{3}}{SIGN}[0-9]"
)
AFTER_THREE = (
    f"[0-9]{{5}}|[0-9]{{4}}{SIGN}|[0-9]{{3}}{SIGN}{{2}}|{SIGN}[0-9]{{3}}|[0-9]{{2}}{SIGN}{{2}}"
    f"|[0-9]{SIGN}[0-9]{{2}}|[0-9]{{2}}{SIGN}[0-9]|[0-9]{SIGN}{{2}}[0-9]|{SIGN}{{2}}[0-9]{{2}}"
    f"|{SIGN}[0-9]{{2}}{SIGN}|{SIGN}[0-9]{SIGN}{{2}}"
)
PLATE = (
    rf"(?:(?:{CITIES}){JOINT}?(?:{AFTER_TWO})|{COUNTIES}{JOINT}?(?:{AFTER_THREE}))"
    rf"(?![0-9{LETTER}_]|[–-][0-9{LETTER}])"
)


def find_personal_data(text: str) -> list[Finding]:
    """What in ``text`` may be personal data, in its order, without overlaps.

    Plates made to order ("E0 ANNA") are not told apart from ordinary words and stay unfound.
    """
    found: list[Finding] = []
    for kind, pattern, is_one in SEARCHES:
        for start, end in candidates(pattern, text):
            is_free = all(end <= other.start or other.end <= start for other in found)
            if is_free and is_one(text, start, end):
                found.append(Finding(kind.value, start, end))
    return sorted(found, key=lambda finding: finding.start)


def kinds_found(text: str) -> list[str]:
    """Kinds of personal data in ``text``, each once; what the operator is told."""
    return sorted({finding.kind for finding in find_personal_data(text)})


def kinds_in_words(kinds: Iterable[str]) -> list[str]:
    return [str(Kind(kind).label) for kind in kinds]


def candidates(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Every place where ``pattern`` fits, overlapping ones too: the first may prove wrong."""
    for match in pattern.finditer(text):
        yield match.span(1)


def stands_alone(text: str, start: int) -> bool:
    """Whether a number may begin at ``start``: not inside a word, an address or a longer number."""
    before = text[max(0, start - 2) : start]
    return not re.search(rf"[0-9{LETTER}_@+]$|[0-9][.:–-]$|[{LETTER}/]/$|[{LETTER}0-9]-$", before)


def is_account(text: str, start: int, end: int) -> bool:
    """ISO 13616: country and check digits moved to the end, remainder 1 by 97."""
    number = digits(text[start:end])
    return stands_alone(text, start) and int(number[2:] + "2521" + number[:2]) % 97 == 1


def is_pesel(text: str, start: int, end: int) -> bool:
    number = digits(text[start:end])
    weights = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1)
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True))
    return stands_alone(text, start) and total % 10 == 0 and was_born(number)


def was_born(pesel: str) -> bool:
    """Whether a PESEL's date exists and is not to come. Months from 21 on are of the 2000s."""
    year, month, day = (int(pesel[position : position + 2]) for position in (0, 2, 4))
    century, month = (2000, month - 20) if month > 20 else (1900, month)
    try:
        return date(century + year, month, day) <= date.today()  # noqa: DTZ011 a day more or less
    except ValueError:
        return False


def is_email(text: str, start: int, end: int) -> bool:
    return not re.search(rf"[0-9{LETTER}._%+-]$", text[max(0, start - 1) : start])


def is_phone(text: str, start: int, end: int) -> bool:
    if not stands_alone(text, start) or AMOUNT.match(text, end):
        return False
    if OFFICIAL.search(text[max(0, start - 30) : start]):
        return False
    number = digits(text[start:end])[-9:]
    return number[:2] in MOBILE or (number[:2] in AREAS and number[2] not in "01")


def is_plate(text: str, start: int, end: int) -> bool:
    return not re.search(rf"[0-9{LETTER}_/.–-]$", text[max(0, start - 1) : start])


def digits(text: str) -> str:
    return re.sub("[^0-9]", "", text)


# In this order: an account may contain what looks like a phone, not the other way round.
SEARCHES = [
    (kind, re.compile(f"(?=({pattern}))"), is_one)
    for kind, pattern, is_one in (
        (Kind.BANK_ACCOUNT, ACCOUNT, is_account),
        (Kind.PESEL, PESEL, is_pesel),
        (Kind.EMAIL, EMAIL, is_email),
        (Kind.PHONE, PHONE, is_phone),
        (Kind.CAR_PLATE, PLATE, is_plate),
    )
]
