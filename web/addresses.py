"""Absolute addresses: for letters and whatever else leaves the portal."""

from django.conf import settings
from django.urls import reverse


def absolute_url(name: str, *args: object) -> str:
    """The address of the page with the URL name ``name``, beginning with ``SITE_URL``."""
    return settings.SITE_URL + reverse(name, args=args)
