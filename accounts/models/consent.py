"""The consent ledger."""

import hashlib
import hmac

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.identity import email_key
from regulations.models import Version


class ConsentEntry(models.Model):
    """One line of the consent ledger: a consent was given or withdrawn. Lines are only appended: a
    database trigger refuses to change them.

    ``subject_hash`` stands for the person. It is a keyed hash of the e-mail address, so that the
    proof of the consent can stay when the address is deleted. ``how``: the way by which it came;
    for consents to letters one of ``How``.
    """

    class Purpose(models.TextChoices):
        REPORT_LETTERS = "report_letters", _("wiadomości o zgłoszeniu")
        PLACE_LETTERS = "place_letters", _("wiadomości o miejscu")
        INQUIRY = "inquiry", _("odpowiedź administratora")
        ACCOUNT = "account", _("przetwarzanie danych w koncie")
        RULES = "rules", _("regulamin portalu")
        NEWSLETTER = "newsletter", _("biuletyn")

    class Act(models.TextChoices):
        GIVEN = "given", _("udzielono")
        WITHDRAWN = "withdrawn", _("wycofano")
        # The owner of the mailbox says that somebody else typed the address.
        NOT_GIVEN = "not_given", _("nie udzielono")

    class How(models.TextChoices):
        """How strong the proof is: anybody may type an address, its owner alone reads its letters
        or logs in.
        """

        TYPED = "typed", _("wpisano adres")
        CONFIRMED = "confirmed", _("potwierdzono odnośnikiem z wiadomości")
        LOGGED_IN = "logged_in", _("po zalogowaniu")

    purpose = models.CharField(max_length=32, choices=Purpose)
    act = models.CharField(max_length=16, choices=Act)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    subject_hash = models.CharField(max_length=64, db_index=True)
    subject_reference = models.CharField(max_length=16, blank=True)
    how = models.CharField(max_length=32)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("wpis o zgodzie")
        verbose_name_plural = _("rejestr zgód")

    def __str__(self) -> str:
        return f"{self.purpose}: {self.act}"

    @classmethod
    def hash_of(cls, email: str) -> str:
        """Keyed SHA-256 (hex, 64 characters) of a mailbox, which all spellings of it share."""
        return cls._keyed_hash(email_key(email) or "")

    @classmethod
    def hashes_of(cls, email: str) -> set[str]:
        """All hashes under which lines about ``email`` may stand: older lines know only the address
        as it was spelt, letter case ignored.
        """
        return {cls.hash_of(email), cls._keyed_hash(email.strip().casefold())}

    @staticmethod
    def _keyed_hash(text: str) -> str:
        key = settings.CONSENT_HASH_KEY.encode()
        return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
