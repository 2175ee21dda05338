"""Areas in words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()
_HECTARE = 10_000


@register.filter
def hectares(square_metres: float) -> str:
    """``2,41 ha``."""
    return _("%(number)s ha") % {"number": number_format(square_metres / _HECTARE, 2)}
