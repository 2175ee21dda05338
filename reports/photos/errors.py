"""The reasons for which a photo is refused, in words for the person who sends it."""

from django.utils.translation import gettext_lazy as _

from web.errors import PortalError


class PhotoRefused(PortalError):
    """The base class. The sentence is also shown at the field ``file``."""

    code = "photo_refused"
    field = "file"


class PhotoEmpty(PhotoRefused):
    code = "photo_empty"
    detail = _("Ten plik jest pusty.")


class PhotoTooLarge(PhotoRefused):
    code = "photo_too_large"
    status = 413
    detail = _("Zdjęcie może mieć najwyżej 15 MB.")


class PhotoHasTooManyPixels(PhotoRefused):
    code = "photo_too_many_pixels"
    status = 413
    detail = _("Zdjęcie jest za duże: może mieć najwyżej 80 milionów pikseli.")


class NotAPhoto(PhotoRefused):
    code = "not_a_photo"
    status = 415
    detail = _(
        "To nie jest zdjęcie, które umiemy otworzyć. Przyjmujemy JPEG, PNG, WebP, HEIC, AVIF."
    )


class PhotoDamaged(PhotoRefused):
    code = "photo_damaged"
    detail = _("Zdjęcie jest uszkodzone i nie da się go otworzyć do końca.")


class PhotoGivenUp(PhotoRefused):
    """The decoder crashed on it, or needed too much time or memory, as often as we let it."""

    code = "photo_given_up"
    detail = _(
        "Nie umiemy bezpiecznie otworzyć tego zdjęcia. Zrób nowe albo zapisz je w innym formacie."
    )


_FOUND_BY_DECODING = {one.code: one for one in (NotAPhoto, PhotoHasTooManyPixels, PhotoDamaged)}


def refusal_for(code: str) -> PhotoRefused:
    """The refusal that a child names by its ``code``."""
    return _FOUND_BY_DECODING[code]()


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
