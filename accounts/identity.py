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
# What the office calls itself and its people, in the alphabets that names may be written in. No
# word of a name may read like one of these.
_RESERVED_WORDS = (
    "admin",
    "administrator",
    "lckm",
    "lckzm",
    "moderator",
    "operator",
    "uml",
    "urzad",
    "webmaster",
    "адмін",
    "адміністратор",
    "админ",
    "администратор",
    "модератор",
    "оператор",
)
# No whole name may read like one of these.
_RESERVED_NAMES = (*_RESERVED_WORDS, "lodz", "miasto lodz", "portal", "лодзь", "портал")
# Letters that Unicode does not split into a letter and a mark.
_UNSPLIT = str.maketrans("łøđħŧ", "lodht")


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


def _office_keys(text: str) -> set[str]:
    """Keys one of which ``text`` shares with a reserved name if a reader may take it for that.

    Marks above and below letters, punctuation and characters that nobody sees do not count; nor do
    digits at the ends, unless they look like letters: ``admin2``, ``0perator``.
    """
    split = unicodedata.normalize("NFKD", _folded(text).translate(_UNSPLIT))
    signs = "".join(sign for sign in split if sign.isalnum())
    return {username_key(signs), username_key(signs.strip("0123456789"))} - {""}


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
    if _reads_like_office(username):
        raise ValidationError(_("Ta nazwa jest zastrzeżona dla urzędu."))


def _reads_like_office(username: str) -> bool:
    """Whether the name, or one of its words, reads like the city's own."""
    names = set().union(*(_office_keys(name) for name in _RESERVED_NAMES))
    reserved = set().union(*(_office_keys(word) for word in _RESERVED_WORDS))
    words = re.split(r"[\W_]", _folded(username))
    return bool(_office_keys(username) & names) or any(_office_keys(w) & reserved for w in words)


def check_email(email: str) -> None:
    """Raise ``ValidationError`` for an address that cannot get letters or that imitates another."""
    try:
        envelope_address(email)
    except UnsendableAddress as wrong:
        raise ValidationError(_("Na taki adres nie umiemy wysłać wiadomości.")) from wrong
    labels = email.rpartition("@")[2].split(".")
    if any(_mixes_alphabets(label) or _poses_as_latin(label) for label in labels):
        raise ValidationError(_("Ten adres łudząco przypomina inny."))


def _poses_as_latin(label: str) -> bool:
    """Whether ``label`` looks Latin and is not: ``аре`` in Cyrillic reads like an English word."""
    looks = "".join(_latin_look(character) for character in _folded(label))
    return looks.isascii() and not label.isascii()


def _mixes_alphabets(text: str) -> bool:
    return len(categories.unique_aliases(text) - {"COMMON", "INHERITED"}) > 1
