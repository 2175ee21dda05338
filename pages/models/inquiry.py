"""What people write to the administrator of the portal (P6)."""

from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LONGEST_INQUIRY, LONGEST_ANSWER = 4000, 8000


class Inquiry(models.Model):
    """One message. ``submission_id`` is made by the page, so that a repeat is recognised.

    ``name``, ``email``, ``text`` and the answers are personal data: a task erases them
    ``INQUIRY_RETENTION_DAYS`` after the matter ended, and a year after it came at the latest;
    ``erased_at`` says so. ``secret`` opens the page on which the address is withdrawn. ``sender``
    is the account from which it was sent, null for most. ``version`` grows with every change and
    shows when two administrators work on one message.
    """

    class Topic(models.TextChoices):
        PORTAL = "portal", _("działanie portalu")
        ACCOUNT = "account", _("moje konto")
        DATA = "data", _("dane osobowe")
        ACCESSIBILITY = "accessibility", _("dostępność")
        OTHER = "other", _("coś innego")

    class State(models.TextChoices):
        NEW = "new", _("nowa")
        OPEN = "open", _("w toku")
        ANSWERED = "answered", _("odpowiedziano")
        CLOSED = "closed", _("zamknięta bez odpowiedzi")

    submission_id = models.UUIDField(unique=True)
    topic = models.CharField(max_length=16, choices=Topic)
    text = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_INQUIRY)])
    name = models.CharField(max_length=100, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8)
    secret = models.UUIDField(default=uuid4, unique=True)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="inquiries",
    )
    state = models.CharField(max_length=16, choices=State, default=State.NEW)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("wiadomość do administratora")
        verbose_name_plural = _("wiadomości do administratora")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "-created_at"], name="inquiry_inbox")]

    def __str__(self) -> str:
        return f"{self.get_topic_display()} ({self.pk})"

    @property
    def reference(self) -> str:
        """What the consent ledger calls it."""
        return f"kontakt-{self.pk}"

    @property
    def letter_keys(self) -> str:
        """How the keys of letters about it begin."""
        return f"inquiry:{self.pk}:"


class InquiryAnswer(models.Model):
    """An answer, sent by e-mail. It is erased with the message."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="answers")
    text = models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_ANSWER)])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("odpowiedź administratora")
        verbose_name_plural = _("odpowiedzi administratora")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.inquiry_id}: {self.pk}"
