"""Texts that editors keep: news, and questions with their answers."""

from datetime import datetime

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000


class EntryQuerySet(models.QuerySet):
    def published(self, now: datetime | None = None) -> "EntryQuerySet":
        """Those that have come out by ``now`` (aware), those that have expired too."""
        return self.filter(published_at__lte=now or timezone.now())

    def shown(self, now: datetime | None = None) -> "EntryQuerySet":
        """Those that lists show at ``now`` (aware): published and not expired."""
        now = now or timezone.now()
        return self.published(now).filter(Q(expires_at=None) | Q(expires_at__gt=now))


class Entry(models.Model):
    """A text in Polish, and in other languages if all of it is translated; in Markdown.

    ``code`` is a part of its address, which never changes. It is a draft while ``published_at`` is
    null, and waits while that is still to come. Lists show it until ``expires_at``; its own page
    stays, and says that it is out of date. ``version`` grows with every change and shows when two
    people work on one text. ``updated_by`` is null if only ``load_pages`` wrote it.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("szkic")
        SCHEDULED = "scheduled", _("czeka na publikację")
        PUBLISHED = "published", _("opublikowane")
        EXPIRED = "expired", _("nieaktualne")

    code = models.SlugField(_("adres"), max_length=80, unique=True)
    title = models.CharField(_("tytuł"), max_length=160)
    body = models.TextField(_("treść"), validators=[MaxLengthValidator(LONGEST_TEXT)])
    is_pinned = models.BooleanField(_("przypięte"), default=False)
    published_at = models.DateTimeField(_("publikacja"), null=True, blank=True)
    expires_at = models.DateTimeField(_("do kiedy aktualne"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def language(self) -> str:
        """The language in which the texts of this row are read now: the reader's, or Polish."""
        code = get_language() or settings.LANGUAGE_CODE
        return code if getattr(self, f"title_{code}", "") else settings.LANGUAGE_CODE

    @property
    def state(self) -> "Entry.State":
        now = timezone.now()
        if self.published_at is None:
            return self.State.DRAFT
        if self.published_at > now:
            return self.State.SCHEDULED
        is_over = self.expires_at is not None and self.expires_at <= now
        return self.State.EXPIRED if is_over else self.State.PUBLISHED


def _expires_after_it_is_published(model: str) -> models.CheckConstraint:
    has_no_end = Q(expires_at=None) | Q(published_at=None)
    return models.CheckConstraint(
        condition=has_no_end | Q(expires_at__gt=models.F("published_at")),
        name=f"{model}_expires_after_it_is_published",
    )


class News(Entry):
    """``lead``: one sentence for lists, the feed and search engines; plain text."""

    lead = models.CharField(_("zajawka"), max_length=300)

    objects = EntryQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("aktualność")
        verbose_name_plural = _("aktualności")
        ordering = ["-is_pinned", "-published_at", "-pk"]
        constraints = [_expires_after_it_is_published("news")]

    def get_absolute_url(self) -> str:
        return reverse("pages:news-entry", args=[self.code])


class QuestionGroup(models.Model):  # type: ignore[django-manager-missing]
    """A part of the page of questions."""

    code = models.SlugField(_("adres"), max_length=80, unique=True)
    title = models.CharField(_("tytuł"), max_length=100)
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    class Meta:
        verbose_name = _("grupa pytań")
        verbose_name_plural = _("grupy pytań")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Question(Entry):
    """``title`` is the question and ``body`` its answer. Pinned ones come first in their group."""

    group = models.ForeignKey(
        QuestionGroup, on_delete=models.PROTECT, related_name="questions", verbose_name=_("grupa")
    )
    position = models.PositiveSmallIntegerField(_("kolejność"), default=0)

    objects = EntryQuerySet.as_manager()  # type: ignore[django-manager-missing]

    class Meta:
        verbose_name = _("pytanie")
        verbose_name_plural = _("pytania i odpowiedzi")
        ordering = ["group__position", "group", "-is_pinned", "position", "pk"]
        constraints = [_expires_after_it_is_published("question")]

    def get_absolute_url(self) -> str:
        return reverse("pages:question", args=[self.code])
