"""``manage.py load_pages``: news and questions from ``fixtures/pages.yaml``."""

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from pages.models import Entry, News, Question, QuestionGroup
from units.fixture_files import FixtureError, check_fields, check_unique, read_rows
from units.fixture_loading import Difference, LoadCommand, sync_by_code

# The texts of an entry that can be translated, by what it is.
_NEWS, _QUESTION = ("title", "lead", "body"), ("title", "body")
_OTHERS = [code for code, _name in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
_WHEN = {"published_on": date, "expires_on": date, "is_pinned": bool}
_TRANSLATED = dict.fromkeys(_OTHERS, dict)


class Command(LoadCommand):
    help = "Load news and questions; what an editor changed stays, and nothing is deleted."
    file = "pages.yaml"

    def load(self, path: Path, difference: Difference) -> None:
        where = str(path)
        news = [_entry(row, _NEWS, where=where) for row in read_rows(path, "news")]
        groups, questions = _questions(read_rows(path, "questions"), where=where)
        _sync(News, news, difference, where=where)
        stored = sync_by_code(QuestionGroup, groups, difference, where=where)
        for values in questions:
            values["group"] = stored[values["group"]]
        _sync(Question, questions, difference, where=where)


def _sync(model: type[Entry], wanted: list[dict], difference: Difference, *, where: str) -> None:
    """Write the rows that no editor has changed."""
    check_unique((values["code"] for values in wanted), where=where, what="code")
    changed = model._default_manager.exclude(updated_by=None).values_list("code", flat=True)
    theirs = set(changed)
    ours = (values for values in wanted if values["code"] not in theirs)
    sync_by_code(model, ours, difference, where=where)


def _questions(rows: list[dict], *, where: str) -> tuple[list[dict], list[dict]]:
    """The groups, and the questions of all of them with the code of their group."""
    groups, questions = [], []
    for position, row in enumerate(rows, start=1):
        place = f"{where}: group {row.get('code')}"
        required = {"code": str, "title": str, "questions": list}
        check_fields(row, where=place, required=required, optional=dict.fromkeys(_OTHERS, str))
        titles = {f"title_{code}": row.get(code, "") for code in _OTHERS}
        title = {f"title_{settings.LANGUAGE_CODE}": row["title"]}
        groups.append({"code": row["code"], "position": position} | title | titles)
        for number, question in enumerate(row["questions"], start=1):
            if not isinstance(question, dict):
                raise FixtureError(f"{place}: every question must have named fields.")
            values = _entry(question, _QUESTION, where=place)
            questions.append(values | {"group": row["code"], "position": number})
    check_unique((values["code"] for values in groups), where=where, what="group")
    return groups, questions


def _entry(row: dict, texts: tuple[str, ...], *, where: str) -> dict[str, Any]:
    """The values by column. A translation has all texts or is left out."""
    place = f"{where}: {row.get('code')}"
    words = dict.fromkeys(texts, str)
    required = {"code": str, **words, "published_on": date}
    check_fields(row, where=place, required=required, optional=_WHEN | _TRANSLATED)
    columns: dict[str, Any] = {"code": row["code"], "is_pinned": row.get("is_pinned", False)}
    columns["published_at"] = _start_of(row["published_on"])
    columns["expires_at"] = _start_of(row["expires_on"]) if "expires_on" in row else None
    columns |= _texts(row, texts, settings.LANGUAGE_CODE)
    for language in _OTHERS:
        values = row.get(language)
        if values is not None:
            check_fields(values, where=f"{place}, {language}", required=words, optional={})
        columns |= _texts(values or dict.fromkeys(texts, ""), texts, language)
    return columns


def _texts(values: dict, names: tuple[str, ...], language: str) -> dict[str, str]:
    return {f"{name}_{language}": values[name].strip() for name in names}


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
