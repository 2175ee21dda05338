"""The secret link of a report, which opens the page of second thoughts.

Its key is a signature of the reference with the server's key, so nothing of it is stored.
"""

from django.core.signing import BadSignature, Signer

from web.addresses import absolute_url

from .models import Report

_SALT = "reports.sender"


def key_of(reference: str) -> str:
    """The key in a report's secret link. It is always the same."""
    return Signer(salt=_SALT).signature(reference)


def is_key(reference: str, key: str) -> bool:
    """Whether ``key`` is the key of that report."""
    try:
        return Signer(salt=_SALT).unsign(f"{reference}:{key}") == reference
    except BadSignature:
        return False


def link_of(report: Report) -> str:
    """The secret link: the absolute address of the page of second thoughts."""
    return absolute_url("reports:sender", report.reference, key_of(report.reference))
