"""What pages say of functions that are switched off, and of technical breaks."""

from datetime import datetime

from django import template
from django.template.context import Context
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()


@register.simple_tag(takes_context=True)
def off_mark(context: Context, function: str) -> SafeString | str:
    """A word behind a link into ``function`` while that is switched off; nothing while it works."""
    state = context.get("portal_state")
    if state is None or function not in state.off:
        return ""
    return format_html('<span class="off-mark">{}</span>', _("wyłączone"))


@register.filter
def moment(value: datetime) -> str:
    """A moment in words that are short for today: "22:00", else "27 listopada, 22:00"."""
    local = timezone.localtime(value)
    hour = date_format(local, "H:i")
    if local.date() == timezone.localdate():
        return hour
    return f"{date_format(local, 'j E')}, {hour}"
