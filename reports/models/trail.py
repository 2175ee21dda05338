"""What the trail of a report says was done to it."""

from django.utils.translation import gettext_lazy as _

from accounts.models import AuditWord


class ReportWord(AuditWord):
    """What somebody did to a report; the labels stand after the name of who did it."""

    STATUS_CHANGED = "status_changed", _("zmiana statusu")
    ANSWERED_BY_MAIL = "answered_by_mail", _("odpowiedź jednostki bez konta, z wiadomości e-mail")
    CATEGORY_CORRECTED = "category_corrected", _("poprawa kategorii")
    PLACE_CORRECTED = "place_corrected", _("poprawa miejsca")
    FORWARDED = "forwarded", _("przekazanie dalej")
    HIDDEN = "hidden", _("ukrycie zgłoszenia")
    UNHIDDEN = "unhidden", _("pokazanie zgłoszenia")
    DESCRIPTION_CLEARED = "description_cleared", _("decyzja o widoczności opisu")
    PHOTO_CLEARED = "photo_cleared", _("decyzja o widoczności zdjęcia")
    PHOTO_BLURRED = "photo_blurred", _("zamazanie miejsc na zdjęciu")
    TAKEN = "taken", _("wzięcie sprawy")
    LET_GO = "let_go", _("oddanie sprawy")
    ASSIGNEE_SET = "assignee_set", _("przydział osobie")
    UNMERGED = "unmerged", _("rozdzielenie zgłoszeń")
    MEMO_ADDED = "memo_added", _("notatka")
    SENDER_ASKED = "sender_asked", _("pytanie do zgłaszającego")
    WENT_ON = "went_on", _("bez odpowiedzi zgłaszającego: termin znowu biegnie")
    ANSWERED_BY_SENDER = "answered_by_sender", _("zgłaszający: odpowiedź na pytanie")
    LETTER_SENT_AGAIN = "letter_sent_again", _("ponowna wysyłka wiadomości")
    ADDRESS_MENDED = "address_mended", _("poprawa adresu zgłaszającego")
    CORRECTED_BY_SENDER = "corrected_by_sender", _("zgłaszający: poprawka")
    WITHDRAWN_BY_SENDER = "withdrawn_by_sender", _("zgłaszający: wycofane")
    FIXED_SAYS_SENDER = "fixed_says_sender", _("zgłaszający: naprawione")
    BROKEN_SAYS_SENDER = "broken_says_sender", _("zgłaszający: nadal nie jest dobrze")


class AnswerTemplateWord(AuditWord):
    """What somebody did to a template of answers."""

    TEMPLATE_SAVED = "template_saved", _("zapis szablonu odpowiedzi")
    TEMPLATE_DELETED = "template_deleted", _("usunięcie szablonu odpowiedzi")
