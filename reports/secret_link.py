"""The secret link: made from the reference and the server's key, so nothing of it is stored."""

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from .models import Report

_SALT = "reports.sender"


def key_of(reference: str) -> str:
    """The secret word of a report's link, always the same."""
    return Signer(salt=_SALT).signature(reference)


def is_key(reference: str, key: str) -> bool:
    try:
        return Signer(salt=_SALT).unsign(f"{reference}:{key}") == reference
    except BadSignature:
        return False


def link_of(report: Report) -> str:
    """The absolute address of the sender's own page."""
    path = reverse("reports:sender", args=[report.reference, key_of(report.reference)])
    return settings.SITE_URL + path
