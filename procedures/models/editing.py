"""What editors leave behind: the words of their trail, secret links for opinions, links out."""

from django.conf import settings
from django.db import models
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import AuditWord
from owed.leases import Leased, LeasedQuerySet

from .procedure import Procedure, ProcedureVersion


class ProcedureWord(AuditWord):
    """What was done to a card. The label is what its change record says."""

    BEGUN = "card_begun", _("Nowa wersja robocza")
    SAVED = "card_saved", _("Zapisano treść")
    DISCARDED = "card_discarded", _("Usunięto wersję roboczą")
    ARRANGED = "card_arranged", _("Zmieniono ułożenie karty")
    SENT_TO_REVIEW = "card_sent_to_review", _("Przekazano do sprawdzenia")
    SENT_BACK = "card_sent_back", _("Zwrócono do poprawy")
    PUBLISHED = "card_published", _("Opublikowano")
    SCHEDULED = "card_scheduled", _("Zaplanowano publikację")
    UNSCHEDULED = "card_unscheduled", _("Odwołano zaplanowaną publikację")
    WITHDRAWN = "card_withdrawn", _("Wycofano kartę")
    RESTORED = "card_restored", _("Odwołano wycofanie karty")
    LINK_MADE = "card_link_made", _("Utworzono link do opinii")
    LINK_REVOKED = "card_link_revoked", _("Unieważniono link do opinii")
    APPROVED_BY_LINK = "card_approved_by_link", _("Pozytywna opinia z linku")
    SENT_BACK_BY_LINK = "card_sent_back_by_link", _("Uwagi z linku")
    LINKS_PAUSED = "card_links_paused", _("Wstrzymano sprawdzanie odnośników")


class _ReviewLinkQuerySet(models.QuerySet):
    def open(self) -> "_ReviewLinkQuerySet":
        """Links that may still be answered: not revoked, in time, and of the text as it is."""
        return self.filter(
            revoked_at=None,
            answered_at=None,
            expires_at__gt=timezone.now(),
            version__published_at=None,
            version__edits=F("edits"),
        )


class ReviewLink(models.Model):
    """A link by which ``name``, who has no account, gives an opinion on one version as it was at
    its ``edits``. Only the SHA-256 of its key is kept, which is enough because the key is random.
    """

    version = models.ForeignKey(
        ProcedureVersion, on_delete=models.CASCADE, related_name="review_links"
    )
    edits = models.PositiveIntegerField()
    hash = models.CharField(max_length=64, unique=True, editable=False)
    name = models.CharField(max_length=200)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    is_approval = models.BooleanField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True)

    objects = _ReviewLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("link do opinii")
        verbose_name_plural = _("linki do opinii")
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """As ``open()`` says of many; needs the version."""
        return (
            self.revoked_at is None
            and self.answered_at is None
            and self.expires_at > timezone.now()
            and self.version.published_at is None
            and self.version.edits == self.edits
        )


# Failures in a row after which an address is called dead: one may be a bad day of the other side.
_DEAD_AFTER = 2


class _OutsideLinkQuerySet(LeasedQuerySet):
    def dead(self) -> "_OutsideLinkQuerySet":
        return self.filter(failures__gte=_DEAD_AFTER)


class OutsideLink(Leased):
    """An address that published cards lead to, and how it answered last.

    ``fault``: "" while it answers, else a word of ``procedures.dead_links``; ``failures``: how
    often in a row it did not answer.
    """

    url = models.CharField(max_length=2000, unique=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    fault = models.CharField(max_length=40, blank=True)
    failures = models.PositiveIntegerField(default=0)
    procedures = models.ManyToManyField(Procedure, related_name="outside_links")

    objects = _OutsideLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("odnośnik kart")
        verbose_name_plural = _("odnośniki kart")
        indexes = [models.Index(fields=["due_at"], name="outside_link_due")]

    def __str__(self) -> str:
        return self.url
