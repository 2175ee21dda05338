"""Shapes that wrap something of the page's own: ``{% disclosure title %}…{% enddisclosure %}``.

The markup of each stands in ``templates/components/`` under the tag's name. Further names that a
tag takes become attributes of its element, with ``-`` for ``_``: ``data_steps=True`` is
``data-steps``. Values that are False or None leave their attribute out.
"""

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

register = template.Library()


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


def _render(
    name: str, context: dict[str, object], attributes: dict[str, object] | None = None
) -> SafeString:
    named = {key.replace("_", "-"): value for key, value in (attributes or {}).items()}
    return render_to_string(f"components/{name}.html", context | {"attributes": flatatt(named)})
