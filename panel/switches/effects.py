"""What switching a function off does, in the words of the administrator's page."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from web.models import Function


@dataclass(frozen=True, slots=True)
class Effect:
    icon: str
    words: Promise


EFFECTS = {
    Function.REPORTING: Effect(
        icon="send",
        words=_(
            "Formularz mówi, że zgłoszeń nie przyjmujemy. Kto już pisze, nic nie traci: szkic"
            " zostaje na urządzeniu, a wysłane zgłoszenie poczeka tam i pójdzie samo, gdy włączysz."
        ),
    ),
    Function.REGISTRATION: Effect(
        icon="user-plus",
        words=_(
            "Nikt nie założy nowego konta. Kto dostał już wiadomość z potwierdzeniem, dokończy"
            " zakładanie."
        ),
    ),
    Function.LOGIN: Effect(
        icon="key-round",
        words=_(
            "Mieszkańcy się nie zalogują. Kto jest zalogowany, zostaje; pracownicy logują się jak"
            " zwykle."
        ),
    ),
    Function.CHAT: Effect(icon="message-circle", words=_("Nikt nie zacznie rozmowy na czacie.")),
    Function.NEWSLETTER: Effect(
        icon="mail",
        words=_("Nikt nie zapisze się na biuletyn. Zrezygnować z niego można zawsze."),
    ),
    Function.MAP: Effect(
        icon="map",
        words=_("Nie ma mapy ani listy zgłoszeń dla wszystkich. Status po numerze działa."),
    ),
    Function.API: Effect(
        icon="plug",
        words=_(
            "Programy i QGIS dostają odpowiedź 503. Formularz i mapy na stronach portalu działają."
        ),
    ),
    Function.PHOTOS: Effect(
        icon="image",
        words=_("Nikt nie doda zdjęcia, pracownicy też nie. Zgłoszenia bez zdjęć przyjmujemy."),
    ),
}
