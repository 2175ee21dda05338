"""The name of a browser, in words that its owner recognises."""

from django import template
from django.utils.translation import gettext as _
from ua_parser import parse

register = template.Library()


@register.filter
def device_name(user_agent: str) -> str:
    """``Mozilla/5.0 (…`` → "Firefox, Linux", and the model of a phone if the browser sends it."""
    parsed = parse(user_agent)
    families = [part.family for part in (parsed.user_agent, parsed.os, parsed.device) if part]
    names = [family for family in families if family and family != "Other"]
    return ", ".join(names) or _("nieznana przeglądarka")
