"""What came into the mailbox of replies: every letter is a row before anything is done with it."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditWord
from owed.leases import Leased, LeasedQuerySet
from reports.models import Report


class ReplyWord(AuditWord):
    """What an operator did with a reply that the portal did not take."""

    REPLY_CLOSED = "reply_closed", _("załatwienie wiadomości od jednostki")


class Reason(models.TextChoices):
    """Why the portal did not take a reply as an answer."""

    UNREADABLE = "unreadable", _("nie da się jej odczytać")
    TOO_LARGE = "too_large", _("jest za duża; cała jest w skrzynce pocztowej")
    NO_CASE = "no_case", _("nie wiadomo, której sprawy dotyczy")
    LINK_ENDED = "link_ended", _("minął czas na odpowiedź na tamtą wiadomość")
    HANDED_OVER = "handed_over", _("sprawą zajmuje się już inna jednostka")
    OTHER_SENDER = "other_sender", _("przyszła z innej domeny niż adres jednostki")
    NO_WORD = "no_word", _("w pierwszym wierszu nie ma statusu")
    FILES = "files", _("są w niej załączniki, które nie są zdjęciami")
    REFUSED = "refused", _("portal nie przyjął odpowiedzi")


class _ReplyQuerySet(LeasedQuerySet):
    def waiting(self) -> "_ReplyQuerySet":
        """Replies about which nothing is decided yet."""
        return self.filter(state=Reply.State.WAITING)

    def due(self, now: datetime) -> "_ReplyQuerySet":
        return self.waiting().unleased(now)

    def left(self) -> "_ReplyQuerySet":
        """Replies that an operator has to read."""
        return self.filter(state=Reply.State.LEFT)


class Reply(Leased):
    """One letter of the mailbox, known by the mailbox's ``validity`` and the letter's ``uid``.

    ``raw``: the whole MIME message, or only its head where it is larger than ``MAX_REPLY_BYTES``
    (``size`` in bytes). ``text``: what its writer typed, as far as it could be read. ``message_id``
    and ``digest`` (of what was typed and attached) tell a letter that came twice. ``reason`` and
    ``refusal``: why it is left to an operator. Everything personal is erased
    ``REPLY_RETENTION_DAYS`` after the end.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("czeka na odczytanie")
        TAKEN = "taken", _("zapisana")
        IGNORED = "ignored", _("pominięta: automatyczna albo druga taka sama")
        LEFT = "left", _("czeka na operatora")
        CLOSED = "closed", _("załatwiona przez operatora")

    validity = models.BigIntegerField()
    uid = models.BigIntegerField()
    size = models.BigIntegerField()
    raw = models.BinaryField(default=bytes)
    received_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    sender = models.CharField(max_length=254, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.SET_NULL, related_name="replies"
    )
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=16, choices=Reason, blank=True)
    refusal = models.CharField(max_length=300, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = _ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("wiadomość od jednostki")
        verbose_name_plural = _("wiadomości od jednostek")
        ordering = ["-received_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["validity", "uid"], name="reply_read_once")]
        indexes = [
            models.Index(
                fields=["state", "received_at"],
                condition=models.Q(state__in=("waiting", "left")),
                name="reply_open",
            ),
            models.Index(fields=["message_id"], name="reply_message_id"),
        ]

    def __str__(self) -> str:
        return f"{self.validity}/{self.uid}"


class Mailbox(Leased):
    """How far the mailbox was read: one row. ``validity``: as the server says it; when that
    changes, the uids begin anew.
    """

    name = models.CharField(max_length=255, unique=True)
    validity = models.BigIntegerField(default=0)
    last_uid = models.BigIntegerField(default=0)

    objects = LeasedQuerySet.as_manager()

    class Meta:
        verbose_name = _("skrzynka odpowiedzi")
        verbose_name_plural = _("skrzynki odpowiedzi")

    def __str__(self) -> str:
        return self.name
