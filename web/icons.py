"""The icon sprite: one SVG file with just those icons that the portal names."""

import re
from collections.abc import Iterable
from pathlib import Path
from xml.etree import ElementTree

from django.conf import settings

_ICON_FOLDER = settings.BASE_DIR / "node_modules" / "lucide-static" / "icons"
SPRITE = settings.BASE_DIR / "static" / "build" / "icons.svg"
_SVG = "http://www.w3.org/2000/svg"
# How lucide draws. Each symbol carries it, so that a page sets only size and colour.
_PEN = {
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "2",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}

# In which files icons are named, and the expression that finds the names there.
_NAMES = {
    "*/templates/**/*.html": re.compile(r"""(?:{%\s*icon\s+|\bicon=)["']([a-z0-9-]+)["']"""),
    "fixtures/*.yaml": re.compile(r"""^[\s-]*icon:\s*["']?([a-z0-9-]+)""", re.MULTILINE),
    "[a-z]*/**/*.py": re.compile(r"""\bicon["']?\s*[:=]\s*["']([a-z][a-z0-9-]+)["']"""),
}
_NOT_OURS = {"node_modules", "var", "tests", "benchmarks"}


class UnknownIcon(Exception):
    """A name for which lucide has no icon."""


def named_icons(root: Path = settings.BASE_DIR) -> set[str]:
    """Names of all icons that templates, fixtures and code ask for."""
    return {
        name
        for pattern, naming in _NAMES.items()
        for path in root.glob(pattern)
        if not _NOT_OURS & set(path.relative_to(root).parts)
        for name in naming.findall(path.read_text(encoding="utf-8"))
    }


def write_sprite(names: Iterable[str], target: Path = SPRITE) -> None:
    """Write ``target`` with one ``<symbol>`` for each name. Raises ``UnknownIcon``."""
    ElementTree.register_namespace("", _SVG)
    sprite = ElementTree.Element(f"{{{_SVG}}}svg")
    sprite.extend([_symbol(name) for name in sorted(names)])
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".new")
    ElementTree.ElementTree(sprite).write(temporary, encoding="utf-8", xml_declaration=False)
    temporary.replace(target)


def _symbol(name: str) -> ElementTree.Element:
    path = _ICON_FOLDER / f"{name}.svg"
    if not path.exists():
        raise UnknownIcon(name)
    # The file comes from a package locked by its hash.
    drawing = ElementTree.parse(path).getroot()  # noqa: S314
    element = ElementTree.Element(
        f"{{{_SVG}}}symbol", {"id": name, "viewBox": drawing.get("viewBox", "0 0 24 24"), **_PEN}
    )
    element.extend(list(drawing))
    for part in element.iter():
        part.tail = part.text = None
    return element
