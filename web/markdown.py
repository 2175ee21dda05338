"""Markdown of published texts as safe HTML: the rules, the cards of procedures."""

import re
from itertools import count

import nh3
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
_TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "code"),
}
_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
_SCHEMES = {"http", "https", "mailto", "tel"}


def render_markdown(body: str) -> SafeString:
    """The safe HTML of ``body``: no raw HTML, no images, no first-level headings, no styles."""
    html = nh3.clean(
        _PARSER.render(body),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(_wrap_tables(html))  # noqa: S308 - cleaned above


def _wrap_tables(html: str) -> str:
    """Put each table into a region of its own, so that a table wider than the screen of a telephone
    can be scrolled, by keyboard too.
    """
    numbers = count(1)

    def open_region(_match: re.Match) -> str:
        label = escape(_("Tabela %(number)s") % {"number": next(numbers)})
        return f'<div class="table-wrap" role="region" tabindex="0" aria-label="{label}"><table>'

    return re.sub("<table>", open_region, html).replace("</table>", "</table></div>")
