"""The challenge: work for a machine (ALTCHA, https://altcha.org), or half a minute for a person.

Both are bound to the submission's own key. A proof sent twice therefore buys nothing: the portal
takes a submission once.
"""

from datetime import timedelta
from typing import Any
from uuid import UUID

import altcha
from django.core import signing
from django.utils import timezone
from django.utils.crypto import salted_hmac

# About 256 keys of 5000 rounds: under a second for a phone, an hour for ten thousand reports.
_ALGORITHM, _ROUNDS = "PBKDF2/SHA-256", 5000
_LASTS = timedelta(minutes=20)
WAIT = timedelta(seconds=30)
_SALT = "reports.guard"


def make_challenge(submission_id: UUID) -> dict[str, Any]:
    """As the client's library takes it: parameters and their signature."""
    challenge = altcha.create_challenge(
        _ALGORITHM,
        _ROUNDS,
        expires_at=timezone.now() + _LASTS,
        data={"submission": str(submission_id)},
        hmac_secret=_secret(),
    )
    return challenge.to_dict()


def is_solved(proof: str, submission_id: UUID) -> bool:
    """Whether ``proof`` (ALTCHA's payload, base64) is fresh, ours, and made for that submission."""
    if not proof:
        return False
    try:
        payload = altcha.Payload.from_base64(proof)
        told = (payload.challenge.parameters.data or {}).get("submission")
        return told == str(submission_id) and altcha.verify_solution(payload, _secret()).verified
    except (ArithmeticError, AttributeError, KeyError, RecursionError, TypeError, ValueError):
        return False


def make_ticket(submission_id: UUID) -> str:
    """For those whose browser runs no scripts: good after ``WAIT``."""
    return signing.dumps(str(submission_id), salt=_SALT)


def has_waited(ticket: str, submission_id: UUID) -> bool:
    if not ticket:
        return False
    try:
        named = signing.loads(ticket, salt=_SALT, max_age=_LASTS)
    except signing.BadSignature:
        return False
    return named == str(submission_id) and not _is_younger(ticket, WAIT)


def _is_younger(ticket: str, age: timedelta) -> bool:
    try:
        signing.loads(ticket, salt=_SALT, max_age=age)
    except signing.SignatureExpired:
        return False
    return True


def _secret() -> str:
    return salted_hmac(_SALT, "altcha", algorithm="sha256").hexdigest()
