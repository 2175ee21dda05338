"""Keeping what readers say of a card, and forgetting their sentences in time."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from .models import Feedback
from .public import PublicCard


def keep_feedback(card: PublicCard, *, is_helpful: bool, sentence: str = "") -> Feedback:
    return Feedback.objects.create(
        procedure=card.procedure,
        version=card.version,
        is_helpful=is_helpful,
        sentence=sentence,
    )


def erase_sentences() -> None:
    """Empty sentences older than ``PROCEDURE_FEEDBACK_DAYS``; yes or no stays, and says nothing of
    a person.
    """
    before = timezone.now() - timedelta(days=settings.PROCEDURE_FEEDBACK_DAYS)
    Feedback.objects.filter(at__lt=before).exclude(sentence="").update(sentence="")
