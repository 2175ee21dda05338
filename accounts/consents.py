"""The consent ledger: lines are appended, the person is a keyed hash."""

from django.db import models

from regulations.models import Version

from .models import ConsentEntry


def give(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the owner of ``email`` consented to ``version`` for ``purpose``."""
    return _append(ConsentEntry.Act.GIVEN, purpose, email, version, how, reference)


def withdraw(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the consent is withdrawn from now on."""
    return _append(ConsentEntry.Act.WITHDRAWN, purpose, email, version, how, reference)


def history(email: str) -> models.QuerySet[ConsentEntry]:
    """All lines about the owner of ``email``, the newest first."""
    about = ConsentEntry.objects.filter(subject_hash=ConsentEntry.hash_of(email))
    return about.select_related("version").order_by("-at", "-pk")


def version_given(*, purpose: str, email: str, reference: str = "") -> Version | None:
    """The exact text to which the owner of ``email`` agreed last; None if they never did."""
    lines = history(email).filter(
        purpose=purpose, subject_reference=reference, act=ConsentEntry.Act.GIVEN
    )
    last = lines.first()
    return last.version if last else None


def has_left(email: str) -> bool:
    """The owner of ``email`` had an account and withdrew the consent to it."""
    account = history(email).filter(purpose=ConsentEntry.Purpose.ACCOUNT).first()
    return account is not None and account.act == ConsentEntry.Act.WITHDRAWN


def held(email: str) -> list[ConsentEntry]:
    """The line by which each consent to an account was given, where it is not withdrawn."""
    latest: dict[str, ConsentEntry] = {}
    for entry in history(email).exclude(purpose=ConsentEntry.Purpose.REPORT_LETTERS):
        latest.setdefault(entry.purpose, entry)
    return [entry for entry in latest.values() if entry.act == ConsentEntry.Act.GIVEN]


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
