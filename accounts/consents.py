"""The consent ledger: lines are appended, the person is a keyed hash."""

from regulations.models import Version

from .models import ConsentEntry


def give(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the owner of ``email`` consented to ``version`` for ``purpose``."""
    return append(ConsentEntry.Act.GIVEN, purpose, email, version, how, reference)


def withdraw(
    *, purpose: str, email: str, version: Version, how: str, reference: str = ""
) -> ConsentEntry:
    """Append that the consent is withdrawn from now on."""
    return append(ConsentEntry.Act.WITHDRAWN, purpose, email, version, how, reference)


def append(
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
