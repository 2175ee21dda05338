"""How a status looks: its label, its icon, its colour tone and its shape on the map."""

from typing import NamedTuple

from django import template
from django.utils.safestring import SafeString

from reports.models import Status
from web.templatetags.components import badge

register = template.Library()


class _Look(NamedTuple):
    """``icon``: name in the sprite; ``tone``: name in the palette; ``shape``: of the map's mark."""

    icon: str
    tone: str
    shape: str


_LOOKS = {
    Status.RECEIVED: _Look(icon="inbox", tone="info", shape="circle"),
    Status.WITH_OPERATOR: _Look(icon="headset", tone="info", shape="circle"),
    Status.FORWARDED: _Look(icon="send", tone="info", shape="circle"),
    Status.IN_PROGRESS: _Look(icon="hammer", tone="work", shape="diamond"),
    Status.RESOLVED: _Look(icon="check", tone="good", shape="square"),
    Status.REJECTED: _Look(icon="x", tone="bad", shape="cut"),
    Status.PASSED_ON: _Look(icon="corner-up-right", tone="calm", shape="cut"),
    Status.DUPLICATE: _Look(icon="copy", tone="calm", shape="cut"),
}


@register.filter
def status_label(status: str) -> str:
    return str(Status(status).label)


@register.filter
def status_icon(status: str) -> str:
    return _LOOKS[Status(status)].icon


@register.filter
def status_tone(status: str) -> str:
    return _LOOKS[Status(status)].tone


@register.filter
def status_shape(status: str) -> str:
    return _LOOKS[Status(status)].shape


@register.simple_tag
def status_badge(status: str) -> SafeString:
    """Where a report stands, in a word with a colour and a sign."""
    return badge(status_label(status), status_tone(status), status_icon(status))


@register.simple_tag
def all_statuses() -> list[str]:
    return list(Status.values)
