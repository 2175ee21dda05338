"""The letters about a report, as staff see them: to whom, how far they came, what can be mended."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from outbox.models import Letter
from reports.letters.mending import addresses_of, letters_about, may_go_again
from reports.models import Report

_MOST = 20
# How the rest of the key begins → what the letter is.
_KINDS = (
    ("report", "received", _("potwierdzenie")),
    ("report", "status", _("zmiana statusu")),
    ("report", "asked-again", _("przypomnienie o pytaniu")),
    ("report", "asked", _("pytanie")),
    ("staff", "assigned", _("przydział osobie")),
    ("dispatch", "", _("do jednostki")),
)
_STATES = {
    Letter.State.QUEUED: ("info", "clock"),
    Letter.State.SENT: ("good", "check"),
    Letter.State.FAILED: ("bad", "triangle-alert"),
    Letter.State.CANCELLED: ("calm", "x"),
}


@dataclass(frozen=True, slots=True)
class ShownLetter:
    """``to``: masked addresses; empty once the letter was erased."""

    letter: Letter
    kind: Promise | str
    to: str
    tone: str
    icon: str
    may_go_again: bool


def masked(address: str) -> str:
    """An address by which somebody who knows it recognises it, and nobody else learns it."""
    name, _at, domain = address.rpartition("@")
    return f"{name[:1]}…@{domain}"


def shown_letters(report: Report) -> list[ShownLetter]:
    """The newest letters about ``report``."""
    letters = list(letters_about(report)[:_MOST])
    is_failed = any(letter.state == Letter.State.FAILED for letter in letters)
    addresses = addresses_of(report) if is_failed else set()
    return [
        ShownLetter(
            letter,
            _kind_of(letter.key),
            ", ".join(_shown_address(letter, address) for address in letter.recipients),
            *_STATES[Letter.State(letter.state)],
            may_go_again(letter, addresses),
        )
        for letter in letters
    ]


def _shown_address(letter: Letter, address: str) -> str:
    """A unit's address is no secret."""
    return address if letter.key.startswith("dispatch:") else masked(address)


def _kind_of(key: str) -> Promise | str:
    whose, _reference, rest = (key + "::").split(":", 2)
    for kind, begin, words in _KINDS:
        if whose == kind and rest.startswith(begin):
            return words
    return ""
