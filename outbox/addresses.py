"""Addresses as SMTP takes them."""

import re
from email.errors import MessageError
from email.utils import parseaddr

from django.core.mail.message import sanitize_address

from .errors import UnsendableAddress

_LONGEST = 254
_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_LABEL = r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DOMAIN = re.compile(rf"{_LABEL}(\.{_LABEL})*")


def envelope_address(address: str) -> str:
    """The address alone, in ASCII, as the envelope of SMTP takes it.

    ``Łucja <lucja@łódź.pl>`` → ``lucja@xn--d-uga0v4h.pl``

    Raises ``UnsendableAddress`` for text that is not exactly one address, and where the part before
    ``@`` is not ASCII: that would need SMTPUTF8 on every server between us and the recipient.
    """
    try:
        address = parseaddr(sanitize_address(address, "utf-8"))[1]
    except (ValueError, IndexError, AttributeError, MessageError) as wrong:
        raise UnsendableAddress from wrong
    local, _at, domain = address.rpartition("@")
    is_sendable = _LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)
    # "=?" begins an encoded word: the part before "@" was not ASCII.
    if not is_sendable or local.startswith("=?") or len(address) > _LONGEST:
        raise UnsendableAddress
    return f"{local}@{domain.lower()}"
