"""The addresses at which people want to hear back about a report."""

import secrets

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import ConsentEntry

from .report import Report


def new_secret() -> str:
    return secrets.token_urlsafe(24)


class ContactQuerySet(models.QuerySet["Contact"]):
    def of_mailbox(self, email: str) -> "ContactQuerySet":
        """Contacts whose address is ``email``, however it is spelt."""
        return self.filter(mailbox=ConsentEntry.hash_of(email))

    def hearing(self) -> "ContactQuerySet":
        """Those to whom letters may go now. While a mailbox is asked whether an address is its
        own, nothing goes there on the word of a stranger.
        """
        asked = Contact.objects.filter(mailbox=OuterRef("mailbox"), state=Contact.State.WAITING)
        silent = Q(state=Contact.State.WAITING) | Q(Exists(asked), state=Contact.State.TYPED)
        return self.exclude(silent)


class Contact(models.Model):
    """An e-mail address, given with a consent by the sender or by a follower. It is personal data.

    It is deleted at once when the consent is withdrawn, and otherwise by a task
    ``CONTACT_RETENTION_DAYS`` after the report's end, or sooner if it waits for a press that never
    comes. ``mailbox``: keyed hash that all spellings of the address share, as in the consent
    ledger. ``language``: of the letters, as chosen when the address was given. ``secret``: part of
    the link that withdraws the consent; only the letters show that link.
    """

    class State(models.TextChoices):
        """On whose word letters go there. The values are those of ``ConsentEntry.How``."""

        # Nobody's yet: a letter has asked.
        WAITING = "waiting", _("czeka na potwierdzenie")
        TYPED = ConsentEntry.How.TYPED.value, _("wpisany")
        CONFIRMED = ConsentEntry.How.CONFIRMED.value, _("potwierdzony")
        LOGGED_IN = ConsentEntry.How.LOGGED_IN.value, _("adres konta")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="contacts")
    email = models.EmailField()
    mailbox = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=16, choices=State, default=State.TYPED)
    language = models.CharField(max_length=8, default="pl")
    is_sender = models.BooleanField(default=True)
    secret = models.CharField(max_length=40, unique=True, default=new_secret)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("adres zgłaszającego")
        verbose_name_plural = _("adresy zgłaszających")
        constraints = [
            models.UniqueConstraint(fields=["report", "mailbox"], name="contact_hears_once")
        ]
        indexes = [
            # Read for each letter: whether its mailbox is being asked; and by a press in it.
            models.Index(fields=["mailbox", "state"], name="contact_mailbox")
        ]

    def __str__(self) -> str:
        return f"contact of {self.report_id}"

    def save(self, *args, **kwargs) -> None:
        """Store the row; its mailbox always follows from its address."""
        self.mailbox = ConsentEntry.hash_of(self.email)
        super().save(*args, **kwargs)
