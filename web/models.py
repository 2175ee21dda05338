"""What is switched off, and technical breaks. Read through ``web.switches``, written by
``panel.switches.acts``.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# The longest sentence for people, in characters.
LONGEST_SENTENCE = 300


class Function(models.TextChoices):
    """A part of the portal that the administrator may switch off. The values are stored."""

    REPORTING = "reporting", _("wysyłanie zgłoszeń")
    REGISTRATION = "registration", _("zakładanie kont")
    LOGIN = "login", _("logowanie mieszkańców")
    CHAT = "chat", _("czat")
    NEWSLETTER = "newsletter", _("zapisy na biuletyn")
    MAP = "map", _("publiczna mapa zgłoszeń")
    API = "api", _("API dla programów")
    PHOTOS = "photos", _("przesyłanie zdjęć")


def _sentence() -> models.TextField:
    return models.TextField(blank=True, validators=[MaxLengthValidator(LONGEST_SENTENCE)])


class SpokenSentence(models.Model):
    """A sentence for people in Polish, if anything is to be said; where it is not there in the
    reader's language, they get the Polish one.
    """

    sentence, sentence_en, sentence_uk = _sentence(), _sentence(), _sentence()

    class Meta:
        abstract = True

    @property
    def sentence_language(self) -> str:
        """The language in which the reader gets the sentence: their own, or Polish."""
        language = get_language() or settings.LANGUAGE_CODE
        return language if getattr(self, f"sentence_{language}", "") else settings.LANGUAGE_CODE

    @property
    def sentence_for_reader(self) -> str:
        return getattr(self, f"sentence_{self.sentence_language}", "") or self.sentence


class SwitchChange(SpokenSentence):
    """A function was switched off or on. The latest row of a function binds; rows are only
    appended, which a database trigger sees to.

    ``expected_at``: when the function is hoped to be back, as far as anybody knows (UTC).
    """

    function = models.CharField(max_length=20)
    is_on = models.BooleanField()
    expected_at = models.DateTimeField(null=True, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("przełączenie funkcji")
        verbose_name_plural = _("przełączenia funkcji")
        ordering = ["pk"]
        indexes = [models.Index(fields=["function", "-id"], name="switch_latest")]

    def __str__(self) -> str:
        return f"{self.function}: {'on' if self.is_on else 'off'}"

    @property
    def name(self) -> str:
        return str(dict(Function.choices).get(self.function, self.function))


class Break(SpokenSentence):
    """A technical break: from ``starts_at`` to ``ends_at`` (UTC) the portal only reads.

    ``sentence`` says why, if anything. ``cancelled_at``: it was called off, or ended early.
    """

    # The banner stands on every page for so long before the start.
    ANNOUNCED_AHEAD = timedelta(days=3)
    LONGEST = timedelta(days=2)

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    cancelled_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("przerwa techniczna")
        verbose_name_plural = _("przerwy techniczne")
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="break_ends_after_its_start"
            ),
            ExclusionConstraint(
                name="breaks_do_not_overlap",
                expressions=[
                    (
                        Func(
                            "starts_at",
                            "ends_at",
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    )
                ],
                condition=Q(cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} – {self.ends_at:%H:%M}"

    def is_on_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def is_announced_at(self, moment: datetime) -> bool:
        """Whether pages tell of it: it comes soon, or is on."""
        return self.starts_at - self.ANNOUNCED_AHEAD <= moment < self.ends_at
