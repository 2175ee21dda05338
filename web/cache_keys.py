"""Keys of the cache tell nobody an address: they are keyed hashes."""

import hashlib
import hmac

from django.conf import settings


def hashed(key: str, key_prefix: str, version: int) -> str:
    """Django's ``KEY_FUNCTION``: keyed SHA-256 (hex, 64 characters)."""
    text = f"{key_prefix}:{version}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
