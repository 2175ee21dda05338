"""How the state of an edition looks, and areas in words."""

from collections.abc import Mapping

from django import template
from django.contrib.gis.measure import Area
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from districts.editions.drawing import Drawn
from districts.models import DraftChange, State
from districts.templatetags.areas import hectares

register = template.Library()
_SQUARE_KILOMETRE = 1_000_000
# Tone and icon of the badge, and what to do next.
_LOOKS = {
    State.DRAFT: (
        "info",
        "pencil",
        gettext_lazy("Przygotuj granice, a potem je sprawdź. Nikogo to jeszcze nie dotyczy."),
    ),
    State.CHECKED: (
        "info",
        "check",
        gettext_lazy("Sprawdzone, bez błędów. Teraz druga osoba ogląda zmiany i zatwierdza."),
    ),
    State.APPROVED: (
        "good",
        "check",
        gettext_lazy("Zatwierdzone. Wyznacz dzień, od którego obowiązuje."),
    ),
    State.SCHEDULED: (
        "good",
        "calendar",
        gettext_lazy("Zacznie obowiązywać samo, w wyznaczonej chwili."),
    ),
    State.IN_FORCE: (
        "good",
        "map-pin",
        gettext_lazy("Według tych granic portal kieruje teraz zgłoszenia."),
    ),
    State.PAST: (
        "calm",
        "history",
        gettext_lazy("Obowiązywało wcześniej. Zgłoszenia z tamtego czasu je pamiętają."),
    ),
    State.WITHDRAWN: ("calm", "x", gettext_lazy("Wycofane. Nikogo nie dotyczy.")),
}


@register.filter
def state_tone(state: str) -> str:
    return _LOOKS[State(state)][0]


@register.filter
def state_icon(state: str) -> str:
    return _LOOKS[State(state)][1]


@register.filter
def state_label(state: str) -> str:
    return str(State(state).label)


@register.filter
def state_advice(state: str) -> str:
    return str(_LOOKS[State(state)][2])


@register.filter
def change_words(change: DraftChange) -> str:
    """What was done to a draft, and to which districts where it was drawn on the map."""
    if drawn := change.details.get("drawn"):
        return f"{Drawn(drawn).label}: {', '.join(change.details['names'])}"
    return change.get_word_display()


@register.filter
def square_kilometres(area: Area) -> str:
    """Of a measured area: ``2,41 km²``."""
    number = number_format(area.sq_m / _SQUARE_KILOMETRE, 2)
    return _("%(number)s km²") % {"number": number}


@register.filter
def ground(square_metres: float) -> str:
    """``2,41 km²``, or hectares of what is smaller than one."""
    if square_metres < _SQUARE_KILOMETRE:
        return hectares(square_metres)
    return square_kilometres(Area(sq_m=square_metres))


@register.filter
def name_in(code: str, names: Mapping[str, str]) -> str:
    """Of a district in a comparison; an empty code is what lies outside."""
    return names[code] if code else _("poza granicami")
