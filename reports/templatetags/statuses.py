"""How a status looks: its word, its symbol, its tone and its shape on the map."""

from typing import NamedTuple

from django import template

from reports.models import Status

register = template.Library()


class Look(NamedTuple):
    """``icon``: symbol of the sprite; ``tone``: of the palette; ``shape``: of the map's mark."""

    icon: str
    tone: str
    shape: str


LOOKS = {
    Status.RECEIVED: Look(icon="inbox", tone="info", shape="circle"),
    Status.WITH_OPERATOR: Look(icon="headset", tone="info", shape="circle"),
    Status.FORWARDED: Look(icon="send", tone="info", shape="circle"),
    Status.IN_PROGRESS: Look(icon="hammer", tone="work", shape="diamond"),
    Status.RESOLVED: Look(icon="check", tone="good", shape="square"),
    Status.REJECTED: Look(icon="x", tone="bad", shape="cut"),
    Status.PASSED_ON: Look(icon="corner-up-right", tone="calm", shape="cut"),
    Status.DUPLICATE: Look(icon="copy", tone="calm", shape="cut"),
}


@register.filter
def status_label(status: str) -> str:
    return str(Status(status).label)


@register.filter
def status_icon(status: str) -> str:
    return LOOKS[Status(status)].icon


@register.filter
def status_tone(status: str) -> str:
    return LOOKS[Status(status)].tone


@register.filter
def status_shape(status: str) -> str:
    return LOOKS[Status(status)].shape


@register.simple_tag
def all_statuses() -> list[str]:
    return list(Status.values)
