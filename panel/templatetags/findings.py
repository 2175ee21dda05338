"""What the checks of boundaries found, in words and sizes."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.models import Finding

register = template.Library()
Kind, Unit = Finding.Kind, Finding.Unit
_HECTARE = 10_000
# The reasons of GEOS.
_REASONS = {
    "Self-intersection": gettext_lazy("Granica przecina samą siebie."),
    "Ring Self-intersection": gettext_lazy("Granica dotyka samej siebie."),
    "Hole lies outside shell": gettext_lazy("Dziura leży poza obszarem."),
    "Holes are nested": gettext_lazy("Dziura leży w innej dziurze."),
    "Interior is disconnected": gettext_lazy("Dziury dzielą obszar na osobne części."),
    "Nested shells": gettext_lazy("Jedna część leży w drugiej."),
    "Duplicate Rings": gettext_lazy("Ta sama granica jest dwa razy."),
    "Too few points in geometry component": gettext_lazy("Granica ma za mało punktów."),
    "Empty": gettext_lazy("Obszar jest pusty."),
}


@register.filter
def finding_size(finding: Finding) -> str:
    """``0,25 m²``, ``1,2 ha``, ``69 m``, ``12 szt.``"""
    size, unit = finding.size, Unit(finding.unit)
    if unit == Unit.PIECES:
        return f"{number_format(size, 0)} {unit.label}"
    if unit == Unit.SQUARE_METRES:
        return metres_or_hectares(size)
    return f"{_rounded(size)} {unit.label}"


@register.filter
def metres_or_hectares(size: float) -> str:
    """An area given in m²."""
    if size >= _HECTARE:
        return f"{number_format(size / _HECTARE, 2)} ha"
    return f"{_rounded(size)} m²"


def _rounded(size: float) -> str:
    if size < 0.01:
        return f"< {number_format(0.01, 2)}"
    return number_format(size, 2 if size < 10 else 0)


@register.filter
def finding_words(finding: Finding) -> str:
    """What is to be said besides kind, districts and size; may be empty."""
    details = finding.details
    if finding.kind == Kind.INVALID:
        return str(_REASONS.get(details["reason"], details["reason"]))
    if finding.kind in (Kind.RENAMED, Kind.MOVED):
        names = {word: details[word] or "–" for word in ("before", "after")}
        return _("Było: %(before)s. Jest: %(after)s.") % names
    if finding.kind == Kind.JUMP:
        return _("Zmiana o %(percent)s %%.") % {"percent": f"{details['percent']:+}"}
    if finding.kind in (Kind.STREETS, Kind.ADDRESSES):
        return ", ".join(details["named"])
    if finding.kind == Kind.USED_CODE:
        return _("Załącznik wymienia to oznaczenie, a wydanie go nie ma.")
    return ""
