"""Why a photo is refused, as a child says it to the worker."""

from enum import StrEnum

from owed import forking


class Reason(StrEnum):
    """The values are the codes of ``pictures.errors``, which has the words for people."""

    NOT_A_PHOTO = "not_a_photo"
    TOO_MANY_PIXELS = "photo_too_many_pixels"
    DAMAGED = "photo_damaged"


class Refusal(forking.Refusal):
    """The file cannot become a photo."""

    def __init__(self, reason: Reason) -> None:
        self.reason = reason
        super().__init__(reason.value)
