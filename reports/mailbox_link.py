"""The links by which the owner of a mailbox answers for the addresses that were typed for it.

Their key is a signature of the mailbox's hash with the server's key, so nothing of it is stored.
"""

from django.core.signing import BadSignature, Signer

from web.addresses import absolute_url

_SALT = "reports.mailbox"


def mailbox_key(mailbox: str) -> str:
    """The key in the links that only the letters to ``mailbox`` (its hash) show."""
    return Signer(salt=_SALT).signature(mailbox)


def is_mailbox_key(mailbox: str, key: str) -> bool:
    try:
        return Signer(salt=_SALT).unsign(f"{mailbox}:{key}") == mailbox
    except BadSignature:
        return False


def confirm_link(mailbox: str) -> str:
    """The absolute address of the page on which the owner says that the addresses are theirs."""
    return absolute_url("reports:confirm-mailbox", mailbox, mailbox_key(mailbox))


def not_me_link(mailbox: str) -> str:
    """The absolute address of the page on which the owner says that they are not."""
    return absolute_url("reports:not-me", mailbox, mailbox_key(mailbox))
