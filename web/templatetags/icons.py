"""``{% icon "map-pin" %}``: a picture beside a text, hidden from screen readers."""

from functools import cache

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


# A list draws hundreds of the same few.
@register.simple_tag
@cache
def icon(name: str, css: str = "") -> SafeString:
    """An SVG element that shows the symbol ``name`` of the sprite; ``css`` adds classes."""
    return format_html(
        '<svg class="{}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        f"icon {css}".strip(),
        static("build/icons.svg"),
        name,
    )
