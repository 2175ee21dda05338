"""Shapes of what editors send about news and questions."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from pages.models import Entry, News, Question, QuestionGroup

_POLISH = settings.LANGUAGE_CODE
_OTHERS = [code for code, _name in settings.LANGUAGES if code != _POLISH]
_MOMENT = {"type": "datetime-local"}
_FORMAT = "%Y-%m-%dT%H:%M"


_LABELS = {
    "title": gettext_lazy("Tytuł (%(language)s)"),
    "lead": gettext_lazy("Zajawka, jedno zdanie (%(language)s)"),
    "body": gettext_lazy("Treść, Markdown (%(language)s)"),
}


class EntryForm(forms.ModelForm):
    """A text in Polish; each other language is written whole or left out.

    ``texts``: the fields that are translated. ``seen_version``: the version that stood on the page,
    0 for a new text.
    """

    texts: tuple[str, ...] = ()
    seen_version = forms.IntegerField(
        widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1, initial=0
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["seen_version"] = self.instance.version
            # Addresses never change: people link to them.
            del self.fields["code"]
        for name in self.texts:
            for language, _name in settings.LANGUAGES:
                field = self.fields[f"{name}_{language}"]
                words = {"language": get_language_info(language)["name_translated"]}
                field.label = _LABELS[name] % words
                field.required = language == _POLISH

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for language in _OTHERS:
            given = {name: values.get(f"{name}_{language}") for name in self.texts}
            if any(given.values()):
                for name, text in given.items():
                    if not text and f"{name}_{language}" not in self.errors:
                        self.add_error(f"{name}_{language}", _("Przetłumacz całość albo nic."))
        published, expires = values.get("published_at"), values.get("expires_at")
        if published and expires and expires <= published:
            self.add_error("expires_at", _("Ten dzień musi być późniejszy niż publikacja."))
        return values

    def take_version(self, version: int) -> None:
        """Let the next press save over ``version``, which the editor has now seen."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data["seen_version"] = str(version)  # type: ignore[index]

    def translations(self) -> Iterator[tuple[str, list[forms.BoundField], bool]]:
        """For each other language: its code, its fields, and whether anything stands in them."""
        for language in _OTHERS:
            fields = [self[f"{name}_{language}"] for name in self.texts]
            yield language, fields, any(field.value() or field.errors for field in fields)

    def polish(self) -> list[forms.BoundField]:
        return [self[f"{name}_{_POLISH}"] for name in self.texts]

    def settings(self) -> list[forms.BoundField]:
        """The fields that are no texts."""
        words = {f"{name}_{code}" for name in self.texts for code, _name in settings.LANGUAGES}
        return [self[name] for name in self.fields if name not in words | {"seen_version"}]

    def texts_by_language(self) -> Iterator[tuple[str, dict[str, str]]]:
        """What was typed, by language and field; languages without a text are left out."""
        for language, _name in settings.LANGUAGES:
            values = {name: self.cleaned_data[f"{name}_{language}"] or "" for name in self.texts}
            if values["title"]:
                yield language, values

    def texts_of(self, entry: Entry) -> list[tuple[str, str]]:
        """Labels and texts of a stored entry, for a person who compares them."""
        names = [f"{name}_{code}" for code, _name in settings.LANGUAGES for name in self.texts]
        found = [(str(self.fields[name].label), getattr(entry, name) or "") for name in names]
        return [(label, text) for label, text in found if text]


def _texts_of(texts: tuple[str, ...]) -> list[str]:
    return [f"{name}_{code}" for code, _name in settings.LANGUAGES for name in texts]


_WIDGETS = {
    "published_at": forms.DateTimeInput(attrs=_MOMENT, format=_FORMAT),
    "expires_at": forms.DateTimeInput(attrs=_MOMENT, format=_FORMAT),
}
_COMMON_LABELS = {
    "code": gettext_lazy("Adres"),
    "published_at": gettext_lazy("Publikacja"),
    "expires_at": gettext_lazy("Aktualne do"),
}
_HELP = {
    "code": gettext_lazy("Na przykład nowe-godziny: małe litery, cyfry i łączniki."),
    "published_at": gettext_lazy("Puste pole oznacza szkic. Czas w Łodzi."),
    "expires_at": gettext_lazy("Potem tekst znika z list, a jego adres mówi, że jest nieaktualny."),
}


class NewsForm(EntryForm):
    texts = ("title", "lead", "body")

    class Meta:
        model = News
        fields = [
            *_texts_of(("title", "lead", "body")),
            "code",
            "published_at",
            "expires_at",
            "is_pinned",
        ]
        widgets = _WIDGETS
        labels = _COMMON_LABELS | {"is_pinned": gettext_lazy("Przypnij: także na stronie głównej")}
        help_texts = _HELP


class QuestionForm(EntryForm):
    texts = ("title", "body")

    class Meta:
        model = Question
        fields = [
            *_texts_of(("title", "body")),
            "code",
            "group",
            "position",
            "published_at",
            "expires_at",
            "is_pinned",
        ]
        widgets = _WIDGETS
        labels = _COMMON_LABELS | {
            "group": gettext_lazy("Grupa"),
            "position": gettext_lazy("Kolejność w grupie"),
            "is_pinned": gettext_lazy("Przypnij: na początku grupy"),
        }
        help_texts = _HELP


class GroupForm(forms.ModelForm):
    class Meta:
        model = QuestionGroup
        fields = ["title_pl", "title_en", "title_uk", "code", "position"]
        labels = {
            "title_pl": gettext_lazy("Nazwa po polsku"),
            "title_en": gettext_lazy("Nazwa po angielsku"),
            "title_uk": gettext_lazy("Nazwa po ukraińsku"),
            "code": gettext_lazy("Adres"),
            "position": gettext_lazy("Kolejność na stronie"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title_pl"].required = True
        for language in _OTHERS:
            self.fields[f"title_{language}"].required = False
