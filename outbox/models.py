"""Every letter is a row before it is sent."""

import json
from datetime import datetime

from django.db import models
from django.db.models.functions import Cast, Lower
from django.utils.translation import gettext_lazy as _

from owed.leases import Leased, LeasedQuerySet

# Values for the fields of a letter that are personal data. A mail server's complaint may quote the
# address.
BLANK: dict[str, object] = {"recipients": [], "subject": "", "raw": b"", "last_error": ""}


class _LetterQuerySet(LeasedQuerySet):
    def queued(self) -> "_LetterQuerySet":
        """Letters that are still to be sent."""
        return self.filter(state=Letter.State.QUEUED)

    def due(self, now: datetime) -> "_LetterQuerySet":
        """Queued letters whose time has come and which nobody holds at ``now`` (UTC)."""
        return self.queued().filter(next_attempt_at__lte=now).unleased(now)

    def addressed_to(self, address: str) -> "_LetterQuerySet":
        """Letters with ``address`` (as ``envelope_address`` gives it) among their recipients.

        Letter case is ignored.
        """
        text = Lower(Cast("recipients", models.TextField()))
        return self.alias(addressed=text).filter(addressed__contains=json.dumps(address.lower()))


class Letter(Leased):
    """One e-mail to one or more recipients, as it will go out (``raw`` is the whole MIME message).

    ``key`` makes a repeated request to send the same letter a no-op. ``recipients`` and ``raw`` are
    personal data: a task erases them ``OUTBOX_RETENTION_DAYS`` after the letter has ended, that is
    was sent, failed or cancelled. Where ``is_forgotten`` is set, they are erased at that moment.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("w kolejce")
        SENT = "sent", _("wysłana")
        FAILED = "failed", _("nie do wysłania")
        CANCELLED = "cancelled", _("odwołana")

    key = models.CharField(max_length=128, unique=True)
    sender = models.CharField(max_length=254)
    recipients = models.JSONField(default=list)
    subject = models.CharField(max_length=255, blank=True)
    raw = models.BinaryField(default=bytes)
    state = models.CharField(max_length=16, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    next_attempt_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)
    is_forgotten = models.BooleanField(default=False)

    objects = _LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość")
        verbose_name_plural = _("skrzynka nadawcza")
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(state="queued"),
                name="letter_due",
            )
        ]

    def __str__(self) -> str:
        return self.key
