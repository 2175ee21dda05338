"""Keys by which names, and addresses, that look the same count as the same. Needs no database.

The look-alikes come from the confusables of Unicode Technical Standard 39, by the package
``confusable_homoglyphs``.
"""

import re
import unicodedata

from confusable_homoglyphs import categories, confusables
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outbox.addresses import envelope_address
from outbox.errors import UnsendableAddress

_SHORTEST, _LONGEST = 3, 30
_PUNCTUATION = "._-"
# Latin letters and digits that many fonts draw alike, letter case ignored.
_ALIKE = str.maketrans({"1": "l", "i": "l", "|": "l", "0": "o"})
_RESERVED = (
    "admin",
    "administrator",
    "lckm",
    "lckzm",
    "lodz",
    "łódź",
    "moderator",
    "operator",
    "portal",
    "uml",
    "umł",
    "urzad",
    "urząd",
    "webmaster",
)


def _folded(text: str) -> str:
    """``text`` in NFKC, without letter case and outer spaces."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())


def username_key(username: str) -> str:
    """A key that user names share if a reader takes them for the same: ``Maria``, ``mаria``
    (with a Cyrillic а), ``rnaria``.
    """
    latin = "".join(_latin_look(character) for character in _folded(username))
    return latin.casefold().translate(_ALIKE).replace("rn", "m")


def _latin_look(character: str) -> str:
    """The Latin letter or digit that ``character`` looks like; ``character`` itself if none."""
    if character.isascii():
        return character
    alike = (row["c"] for row in confusables.confusables_data.get(character, ()))
    return next((other for other in alike if other.isascii() and other.isalnum()), character)


def email_key(email: str) -> str | None:
    """A key that all spellings of one mailbox share: with other letter case, full-width letters,
    ``łódź`` or ``xn--…`` in the domain. None for an empty address.
    """
    if not email:
        return None
    try:
        return envelope_address(_folded(email))
    except UnsendableAddress:
        return _folded(email)


def check_username(username: str) -> None:
    """Raise ``ValidationError`` for a name with a wrong form, or that reads like the city's own."""
    if not _SHORTEST <= len(username) <= _LONGEST:
        raise ValidationError(_("Nazwa ma od 3 do 30 znaków."))
    if not re.fullmatch(rf"[\w{re.escape(_PUNCTUATION)}]+", username):
        raise ValidationError(_("Użyj liter, cyfr, kropki, łącznika lub podkreślenia."))
    if username[0] in _PUNCTUATION or username[-1] in _PUNCTUATION:
        raise ValidationError(_("Zacznij i skończ literą lub cyfrą."))
    if _mixes_alphabets(username):
        raise ValidationError(_("Nie mieszaj liter różnych alfabetów."))
    if username_key(username) in {username_key(name) for name in _RESERVED}:
        raise ValidationError(_("Ta nazwa jest zastrzeżona dla urzędu."))


def check_email(email: str) -> None:
    """Raise ``ValidationError`` for an address that cannot get letters or that imitates another."""
    try:
        envelope_address(email)
    except UnsendableAddress as wrong:
        raise ValidationError(_("Na taki adres nie umiemy wysłać listu.")) from wrong
    labels = email.rpartition("@")[2].split(".")
    if any(_mixes_alphabets(label) or _poses_as_latin(label) for label in labels):
        raise ValidationError(_("Ten adres łudząco przypomina inny."))


def _poses_as_latin(label: str) -> bool:
    """Whether ``label`` looks Latin and is not: ``аре`` in Cyrillic reads like an English word."""
    looks = "".join(_latin_look(character) for character in _folded(label))
    return looks.isascii() and not label.isascii()


def _mixes_alphabets(text: str) -> bool:
    return len(categories.unique_aliases(text) - {"COMMON", "INHERITED"}) > 1
