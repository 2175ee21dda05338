"""The challenge: work for a machine (ALTCHA, https://altcha.org), or half a minute for a person.

Both are bound to the id of the submission. Sending a proof twice is therefore of no use, because
the portal accepts a submission once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import altcha
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

# About 256 keys of 5000 rounds: less than a second on a phone, but an hour for ten thousand
# reports.
_ALGORITHM, _ROUNDS = "PBKDF2/SHA-256", 5000
_LASTS = timedelta(minutes=20)
WAIT = timedelta(seconds=30)
_SALT = "reports.guard"


def make_challenge(submission_id: UUID) -> dict[str, Any]:
    """A challenge as the client's library takes it: parameters and their signature."""
    challenge = altcha.create_challenge(
        _ALGORITHM,
        _ROUNDS,
        expires_at=timezone.now() + _LASTS,
        data={"submission": str(submission_id)},
        hmac_secret=_secret(),
    )
    return challenge.to_dict()


def is_solved(proof: str, submission_id: UUID) -> bool:
    """Whether ``proof`` (ALTCHA's payload, base64) answers a challenge that we made for that
    submission and that has not expired.
    """
    if not proof:
        return False
    try:
        payload = altcha.Payload.from_base64(proof)
        named = (payload.challenge.parameters.data or {}).get("submission")
        return named == str(submission_id) and altcha.verify_solution(payload, _secret()).verified
    except (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return False


def make_ticket(submission_id: UUID) -> str:
    """A ticket for people whose browser runs no scripts; it is valid after ``WAIT``."""
    return signing.dumps(str(submission_id), salt=_SALT)


def has_waited(ticket: str, submission_id: UUID) -> bool:
    """Whether ``ticket`` was made for that submission ``WAIT`` ago or earlier and is valid."""
    if not ticket:
        return False
    try:
        named = signing.loads(ticket, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return False
    if named != str(submission_id):
        return False
    try:
        signing.loads(ticket, salt=_SALT, max_age=WAIT)
    except signing.SignatureExpired:
        return True
    return False


def _secret() -> str:
    return salted_hmac(_SALT, "altcha", algorithm="sha256").hexdigest()
