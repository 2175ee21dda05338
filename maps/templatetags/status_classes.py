"""How the four classes of status look: on the map, in its legend, in numbers."""

from typing import NamedTuple

from django import template

from maps.selection import StatusClass

register = template.Library()


class _Look(NamedTuple):
    """``key``: the word in the data of the map; ``icon``, ``tone``, ``shape``: as of a status."""

    key: str
    label: str
    icon: str
    tone: str
    shape: str


_LOOKS = {
    StatusClass.WAITING: ("inbox", "info", "circle"),
    StatusClass.IN_PROGRESS: ("hammer", "work", "diamond"),
    StatusClass.RESOLVED: ("check", "good", "square"),
    StatusClass.CLOSED: ("x", "calm", "cut"),
}


@register.simple_tag
def all_classes() -> list[_Look]:
    return [_Look(one.key, str(one.label), *look) for one, look in _LOOKS.items()]
