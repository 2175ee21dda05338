"""What the trail of a report says was done to it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import AuditWord


class ReportWord(AuditWord):
    """What somebody did to a report; the labels are read after the name of who did it."""

    STATUS_CHANGED = "status_changed", _("zmienił(a) status")
    CATEGORY_CORRECTED = "category_corrected", _("poprawił(a) kategorię")
    PLACE_CORRECTED = "place_corrected", _("poprawił(a) miejsce")
    FORWARDED = "forwarded", _("przekazał(a) dalej")
    HIDDEN = "hidden", _("ukrył(a) zgłoszenie")
    UNHIDDEN = "unhidden", _("pokazał(a) zgłoszenie")
    DESCRIPTION_CLEARED = "description_cleared", _("zdecydował(a) o widoczności opisu")
    PHOTO_CLEARED = "photo_cleared", _("zdecydował(a) o widoczności zdjęcia")
    PHOTO_BLURRED = "photo_blurred", _("zamazał(a) miejsca na zdjęciu")
    CORRECTED_BY_SENDER = "corrected_by_sender", _("zgłaszający poprawił zgłoszenie")
    WITHDRAWN_BY_SENDER = "withdrawn_by_sender", _("zgłaszający wycofał zgłoszenie")
    FIXED_SAYS_SENDER = "fixed_says_sender", _("zgłaszający: naprawione")
    BROKEN_SAYS_SENDER = "broken_says_sender", _("zgłaszający: nadal nie jest dobrze")
