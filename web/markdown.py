"""Markdown of published texts as safe HTML: the rules, the cards of procedures."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from typing import Any, NamedTuple

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "code"),
}
_ATTRIBUTES = {
    "a": {"href", "title"},
    "ol": {"start"},
    "img": {"src", "alt", "width", "height", "loading"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}


class AllowedPicture(NamedTuple):
    """``url`` of our own; ``description``: what is seen; ``width`` and ``height`` in pixels."""

    url: str
    description: str
    width: int
    height: int


def render_markdown(body: str, pictures: Mapping[str, AllowedPicture] | None = None) -> SafeString:
    """The safe HTML of ``body``: no raw HTML, no first-level headings, no styles.

    ``![words](name)`` shows the picture of that name in ``pictures``, with its own description
    where there are no words. Of any other picture only the words are left: no address that stands
    in a text is ever loaded.
    """
    html = nh3.clean(
        _PARSER.render(body, {"pictures": pictures or {}}),
        tags=_TAGS | {"img"} if pictures else _TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(_wrap_tables(html))  # noqa: S308 - cleaned above


def names_of_pictures(body: str) -> list[str]:
    """What stands in the place of the name in each ``![words](name)``."""
    return [str(token.attrs["src"]) for token in _images(_PARSER.parse(body))]


def _images(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type == "image":
            yield token
        yield from _images(token.children or [])


def _render_image(
    renderer: Any, tokens: Sequence[Token], number: int, options: Any, env: dict[str, Any]
) -> str:
    token = tokens[number]
    words = renderer.renderInlineAsText(token.children or [], options, env)
    picture = env["pictures"].get(str(token.attrs["src"]))
    if picture is None:
        return escape(words)
    return (
        f'<img src="{escape(picture.url)}" alt="{escape(words or picture.description)}"'
        f' width="{picture.width}" height="{picture.height}" loading="lazy">'
    )


_PARSER.add_render_rule("image", _render_image)


def _wrap_tables(html: str) -> str:
    """Put each table into a region of its own, so that a table wider than the screen of a telephone
    can be scrolled, by keyboard too.
    """
    numbers = count(1)

    def open_region(_match: re.Match) -> str:
        label = escape(_("Tabela %(number)s") % {"number": next(numbers)})
        return f'<div class="table-wrap" role="region" tabindex="0" aria-label="{label}"><table>'

    return re.sub("<table>", open_region, html).replace("</table>", "</table></div>")
