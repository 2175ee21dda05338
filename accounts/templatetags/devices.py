"""What a browser says of itself, in words that its owner recognises."""

from django import template
from django.utils.translation import gettext as _
from ua_parser import parse

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    """``Mozilla/5.0 (…`` → "Firefox, Linux"; a phone's model where the browser tells it."""
    told = parse(user_agent)
    families = [part.family for part in (told.user_agent, told.os, told.device) if part]
    names = [family for family in families if family and family != "Other"]
    return ", ".join(names) or _("nieznana przeglądarka")
