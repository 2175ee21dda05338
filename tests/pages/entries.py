"""News and questions to look at."""

from datetime import timedelta

from django.utils import timezone

from pages.models import News, Question, QuestionGroup


def ago(**delta: float):
    return timezone.now() - timedelta(**delta)


def news(code: str = "nowy-most", **values: object) -> News:
    usual = {"title": "Nowy most", "lead": "Jest most.", "body": "Długi **most**."}
    return News.objects.create(code=code, **{**usual, "published_at": ago(hours=1), **values})


def question(code: str = "po-co", *, group: str = "portal", **values: object) -> Question:
    row, _made = QuestionGroup.objects.get_or_create(code=group, defaults={"title": group})
    usual = {"title": "Po co to?", "body": "Żeby *działało*.", "published_at": ago(hours=1)}
    return Question.objects.create(code=code, group=row, **{**usual, **values})
