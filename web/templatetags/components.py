"""Shapes that wrap something of the page's own: ``{% notice "info" %}…{% endnotice %}``.

The markup of each stands in ``templates/components/`` under the tag's name. Further names that a
tag takes become attributes of its element, with ``-`` for ``_``: ``data_steps=True`` is
``data-steps``. Values that are False or None leave their attribute out.
"""

from collections.abc import Mapping
from datetime import datetime

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .icons import icon as icon_element

register = template.Library()


@register.simple_tag
def badge(text: object, tone: str, icon: str) -> SafeString:
    """A word with a colour and a sign. ``tone``: "info", "work", "good", "bad" or "calm". It has no
    template of its own: a list has some hundred of them.
    """
    sign = icon_element(icon)
    return format_html('<span class="badge" data-tone="{}">{}{}</span>', tone, sign, text)


@register.simple_block_tag
def disclosure(
    content: SafeString,
    title: str,
    icon: str = "",
    note: str = "",
    is_open: object = False,
    **attributes: object,
) -> SafeString:
    """Content that opens when its ``title`` is pressed; ``note`` stands beside the title, softer.
    Anything that is true opens it from the start, such as the errors of a form inside.
    """
    words = {"content": content, "title": title, "icon": icon, "note": note}
    return _render("disclosure", words, attributes | {"open": bool(is_open)})


@register.simple_block_tag
def file_field(content: SafeString, title: str, none: str = "") -> SafeString:
    """An ``<input type="file">``, the content, under a button that says ``title``; ``none`` stands
    beside it while no file is chosen. Without scripts it is the browser's own field.
    """
    return _render("file_field", {"content": content, "title": title, "none": none})


@register.simple_block_tag
def notice(content: SafeString, tone: str = "", icon: str = "", **attributes: object) -> SafeString:
    """One sentence in a frame. ``tone``: "info", "good", "warn", "bad" or nothing."""
    return _render("notice", {"content": content, "tone": tone, "icon": icon}, attributes)


@register.simple_block_tag
def notice_box(
    content: SafeString, tone: str = "", icon: str = "", layout: str = "", **attributes: object
) -> SafeString:
    """Paragraphs or a form in the frame of a notice. ``layout``: classes of what holds them;
    further classes of the frame may follow its ``tone``.
    """
    words = {"content": content, "tone": tone, "icon": icon, "layout": layout}
    return _render("notice_box", words, attributes)


@register.simple_block_tag
def list_row(content: SafeString, title: str, icon: str, url: str = "") -> SafeString:
    """One row of a ``report-list``: what it is, where its page is, and lines about it."""
    return _render("list_row", {"content": content, "title": title, "icon": icon, "url": url})


@register.simple_block_tag
def timeline_step(
    content: SafeString, title: str, icon: str, tone: str, at: datetime, unit: str = ""
) -> SafeString:
    """One step of a ``timeline``: what happened, when (``at``, aware), at which unit."""
    words = {"content": content, "title": title, "icon": icon, "tone": tone, "at": at}
    return _render("timeline_step", words | {"unit": unit})


@register.simple_block_tag
def search_form(content: SafeString, button: str, label: str = "") -> SafeString:
    """Fields above a list that choose what it shows; ``label`` names the form where no field
    stands alone.
    """
    return _render("search_form", {"content": content, "button": button, "label": label})


def _render(
    name: str, context: Mapping[str, object], attributes: dict[str, object] | None = None
) -> SafeString:
    named = {key.replace("_", "-"): value for key, value in (attributes or {}).items()}
    return render_to_string(f"components/{name}.html", {**context, "attributes": flatatt(named)})
