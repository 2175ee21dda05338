"""The links by which the owner of a mailbox sees and ends what they follow.

The key of a mailbox is a signature, so nothing of it is stored; that of one watch is its secret.
"""

from django.core.signing import BadSignature, Signer

from web.addresses import absolute_url

from .models import Watch

_SALT = "maps.watches"


def key_of_mailbox(mailbox: str) -> str:
    return Signer(salt=_SALT).signature(mailbox)


def is_key_of_mailbox(mailbox: str, key: str) -> bool:
    try:
        return Signer(salt=_SALT).unsign(f"{mailbox}:{key}") == mailbox
    except BadSignature:
        return False


def watches_link(mailbox: str) -> str:
    """The absolute address of everything that the owner of ``mailbox`` (its hash) follows."""
    return absolute_url("maps:watches", mailbox, key_of_mailbox(mailbox))


def end_link(watch: Watch) -> str:
    return absolute_url("maps:unwatch", watch.secret)
