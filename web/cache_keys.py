"""Keys of the cache are keyed hashes, because they are made of the addresses of people."""

import hashlib
import hmac

from django.conf import settings


def hashed_key(key: str, key_prefix: str, version: int) -> str:
    """Django's ``KEY_FUNCTION``: keyed SHA-256 (hex, 64 characters)."""
    text = f"{key_prefix}:{version}:{key}"
    return hmac.new(settings.SECRET_KEY.encode(), text.encode(), hashlib.sha256).hexdigest()
