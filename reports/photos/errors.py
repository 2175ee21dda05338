"""The reasons for which photos do not join a report, in words for the person who sends them."""

from django.utils.translation import gettext_lazy as _

from web.errors import PortalError


class UnknownPhoto(PortalError):
    """The id was not uploaded lately, or its photo already belongs to a report."""

    code = "unknown_photo"
    field = "photos"
    detail = _("Któregoś ze zdjęć już nie mamy. Dodaj je jeszcze raz.")


class TooManyPhotos(PortalError):
    code = "too_many_photos"
    field = "photos"
    detail = _("Do jednego zgłoszenia można dodać najwyżej 5 zdjęć.")


class UploadUnknown(PortalError):
    """The upload never began, or was erased because it began long ago. The client starts again."""

    code = "upload_unknown"
    status = 404
    detail = _("Nie mamy początku tego zdjęcia. Dodaj je od nowa.")


class WrongOffset(PortalError):
    """``received``: how many bytes have arrived; the client must continue from there."""

    code = "wrong_offset"
    status = 409
    detail = _("Ta część nie pasuje do tego, co już mamy.")

    def __init__(self, received: int) -> None:
        super().__init__(received=received)


class NoRoom(PortalError):
    """The disk is nearly full. Reports without photos are still accepted."""

    code = "no_room"
    status = 503
    field = "photos"
    detail = _("Teraz nie przyjmujemy zdjęć. Wyślij zgłoszenie bez nich, a zdjęcia dodaj później.")
    retry_after = 600
