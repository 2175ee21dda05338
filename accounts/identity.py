"""Who is who: keys under which names and addresses that look the same are the same. Pure.

Source of look-alikes: the confusables of Unicode Technical Standard 39, by the package
``confusable_homoglyphs``.
"""

import re
import unicodedata

from confusable_homoglyphs import categories, confusables
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from outbox.addresses import bare
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
    """NFKC, letter case and outer spaces ignored."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).strip().casefold())


def username_key(username: str) -> str:
    """The same for user names that a person takes for the same: ``Maria``, ``mаria`` (Cyrillic а),
    ``rnaria``.
    """
    latin = "".join(_latin_look(character) for character in _folded(username))
    return latin.casefold().translate(_ALIKE).replace("rn", "m")


def _latin_look(character: str) -> str:
    """The Latin letter or digit that ``character`` looks like, else itself."""
    if character.isascii():
        return character
    alike = (row["c"] for row in confusables.confusables_data.get(character, ()))
    return next((other for other in alike if other.isascii() and other.isalnum()), character)


def email_key(email: str) -> str | None:
    """The same for spellings of one mailbox: letter case, full-width letters, ``łódź``/``xn--…`` in
    the domain; None for no address.
    """
    if not email:
        return None
    try:
        return bare(_folded(email))
    except UnsendableAddress:
        return _folded(email)


def check_username(username: str) -> None:
    """Raise ``ValidationError`` for a name that is no name here, or pretends to be the office."""
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
    """Raise ``ValidationError`` for an address that no letter reaches or that deceives the eye."""
    try:
        bare(email)
    except UnsendableAddress as wrong:
        raise ValidationError(_("Na taki adres nie umiemy wysłać listu.")) from wrong
    labels = email.rpartition("@")[2].split(".")
    if any(_mixes_alphabets(label) or _poses_as_latin(label) for label in labels):
        raise ValidationError(_("Ten adres łudząco przypomina inny."))


def _poses_as_latin(label: str) -> bool:
    """``еxаmрlе`` in Cyrillic: not one Latin letter, and yet it reads as one word of them."""
    looks = "".join(_latin_look(character) for character in _folded(label))
    return looks.isascii() and not label.isascii()


def _mixes_alphabets(text: str) -> bool:
    return len(categories.unique_aliases(text) - {"COMMON", "INHERITED"}) > 1
