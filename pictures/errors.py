"""The reasons for which a picture is refused, in words for the person who sends it."""

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
