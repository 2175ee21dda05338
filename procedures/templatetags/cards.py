"""What pages of cards say besides the card's own words."""

import json
from decimal import Decimal
from pathlib import PurePath

from django import template
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe

from procedures.linked_data import describe
from procedures.models import ProcedureFile
from procedures.public import PublicCard
from procedures.texts import plain_text

register = template.Library()
register.filter("plain", plain_text)
# What HTML would read as a tag.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


@register.filter
def file_type(file: ProcedureFile) -> str:
    """ "PDF", "ODT" and the like."""
    return PurePath(file.name).suffix.lstrip(".").upper()


@register.filter
def zloty(amount: Decimal) -> str:
    """ "17 zł", "22,50 zł"."""
    decimals = 0 if amount == amount.to_integral_value() else 2
    return f"{number_format(amount, decimal_pos=decimals)}\u00a0zł"


@register.filter
def length_is_one(rows: list) -> bool:
    return len(rows) == 1


@register.simple_tag
def linked_data(card: PublicCard) -> SafeString:
    """The card as data in the page. It is no script, so the policy for scripts is not asked."""
    text = json.dumps(describe(card), ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 - escaped
