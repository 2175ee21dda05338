"""News, questions and a message to look at."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from pages.inquiries.sending import NewInquiry, send_inquiry
from pages.models import Inquiry, News, Question, QuestionGroup


def ago(**delta: float):
    return timezone.now() - timedelta(**delta)


def news(code: str = "nowy-most", **values: object) -> News:
    usual = {"title": "Nowy most", "lead": "Jest most.", "body": "Długi **most**."}
    return News.objects.create(code=code, **{**usual, "published_at": ago(hours=1), **values})


def question(code: str = "po-co", *, group: str = "portal", **values: object) -> Question:
    row, _made = QuestionGroup.objects.get_or_create(code=group, defaults={"title": group})
    usual = {"title": "Po co to?", "body": "Żeby *działało*.", "published_at": ago(hours=1)}
    return Question.objects.create(code=code, group=row, **{**usual, **values})


def inquiry() -> Inquiry:
    return send_inquiry(NewInquiry(submission_id=uuid4(), topic="portal", text="Nie widzę mapy."))
