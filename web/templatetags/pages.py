"""What the head of every page says, and where one is."""

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_block_tag
def page_title(content: SafeString) -> SafeString:
    """The title, for the browser and for who shows a link to the page."""
    return format_html(
        '<title>{0}</title>\n    <meta property="og:title" content="{0}">', _one_line(content)
    )


@register.simple_block_tag
def page_description(content: SafeString) -> SafeString:
    """The same for a sentence about the page."""
    return format_html(
        '<meta name="description" content="{0}">\n'
        '    <meta property="og:description" content="{0}">',
        _one_line(content),
    )


@register.simple_tag
def crumb(title: str, name: str, *args: object) -> SafeString:
    """One step of the way to a page: the ``title`` of the page above it, and its URL ``name``."""
    return format_html('<li><a href="{}">{}</a></li>', reverse(name, args=args), title)


def _one_line(content: SafeString) -> SafeString:
    # The template has escaped it.
    return mark_safe(" ".join(content.split()))  # noqa: S308
