"""The consent ledger: its lines are only appended, and the person is a keyed hash."""

from django.db import models, transaction

from regulations.models import Kind, Version
from web.models import Function
from web.switches import require_on

from .models import ConsentEntry, User

# What anybody may consent to without an account, by typing an address.
LETTERS = (
    ConsentEntry.Purpose.REPORT_LETTERS,
    ConsentEntry.Purpose.PLACE_LETTERS,
    ConsentEntry.Purpose.INQUIRY,
)


def give(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the owner of ``email`` consented to ``version`` for ``purpose``."""
    return _append(ConsentEntry.Act.GIVEN, purpose, email, version, how, reference)


def withdraw(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the owner of ``email`` withdraws the consent from now on."""
    return _append(ConsentEntry.Act.WITHDRAWN, purpose, email, version, how, reference)


def deny(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the owner of ``email`` never gave this consent, but somebody else for them."""
    return _append(ConsentEntry.Act.NOT_GIVEN, purpose, email, version, how, reference)


@transaction.atomic
def choose_newsletter(user: User, *, wants: bool, how: str) -> None:
    """Give or withdraw the consent to the newsletter; the same choice again writes nothing.

    Raises ``SwitchedOff`` for giving while the newsletter is; a consent can always be withdrawn.
    """
    if wants:
        require_on(Function.NEWSLETTER)
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.newsletter == wants:
        return
    purpose, clause = ConsentEntry.Purpose.NEWSLETTER, Version.objects.in_force(Kind.CLAUSE)
    if wants:
        give(purpose=purpose, email=locked.email, version=clause, how=how)
    else:
        agreed = version_given(purpose=purpose, email=locked.email) or clause
        withdraw(purpose=purpose, email=locked.email, version=agreed, how=how)
    User.objects.filter(pk=user.pk).update(newsletter=wants)


@transaction.atomic
def carry_over(*, old: str, new: str) -> None:
    """Move the consents of an account from its ``old`` address to its ``new`` one."""
    for entry in active_entries(old):
        purpose, version, how = entry.purpose, entry.version, "address_changed"
        withdraw(purpose=purpose, email=old, version=version, how=how)
        give(purpose=purpose, email=new, version=version, how=how)


def history(email: str) -> models.QuerySet[ConsentEntry]:
    """All lines about the owner of ``email``, the newest first."""
    about = ConsentEntry.objects.filter(subject_hash__in=ConsentEntry.hashes_of(email))
    return about.select_related("version").order_by("-at", "-pk")


def active_entries(email: str) -> list[ConsentEntry]:
    """For each consent to an account that is not withdrawn: the line by which it was given."""
    latest: dict[str, ConsentEntry] = {}
    for entry in history(email).exclude(purpose__in=LETTERS):
        latest.setdefault(entry.purpose, entry)
    return [entry for entry in latest.values() if entry.act == ConsentEntry.Act.GIVEN]


def version_given(*, purpose: str, email: str, reference: str = "") -> Version | None:
    """The exact text to which the owner of ``email`` agreed last; None if they never did."""
    lines = history(email).filter(
        purpose=purpose, subject_reference=reference, act=ConsentEntry.Act.GIVEN
    )
    last = lines.first()
    return last.version if last else None


def has_left(email: str) -> bool:
    """Whether the owner of ``email`` had an account and withdrew the consent to it."""
    account = history(email).filter(purpose=ConsentEntry.Purpose.ACCOUNT).first()
    return account is not None and account.act == ConsentEntry.Act.WITHDRAWN


def _append(
    act: str, purpose: str, email: str, version: Version, how: str, reference: str
) -> ConsentEntry:
    return ConsentEntry.objects.create(
        act=act,
        purpose=purpose,
        version=version,
        subject_hash=ConsentEntry.hash_of(email),
        subject_reference=reference,
        how=how,
    )
