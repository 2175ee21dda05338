"""Markdown of the published texts as safe HTML."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

PARSER = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")
TAGS = {
    *("h2", "h3", "h4", "p", "ul", "ol", "li", "strong", "em", "a", "blockquote", "hr", "br"),
    *("table", "thead", "tbody", "tr", "th", "td", "code"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}


def rendered(body: str) -> SafeString:
    """HTML of a Markdown ``body``: no raw HTML, no image, no first-level heading, no style."""
    html = nh3.clean(
        PARSER.render(body),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes=SCHEMES,
        link_rel="noopener",
    )
    return mark_safe(html)  # noqa: S308 - cleaned above
