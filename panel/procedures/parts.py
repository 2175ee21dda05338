"""The rows of a card's parts on the page: shown, added, moved, removed, read.

Rows are numbered fields (``steps-0-text``), and adding, moving and removing one are presses that
send the whole form, so all of it works by keyboard and without scripts.
"""

import re
from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from districts.gazetteer import fold
from procedures.contents import VALUES, Contents
from procedures.files import keep_template
from procedures.models import Picture, ProcedureFile
from procedures.picture_files import keep_picture
from web.errors import PortalError

from .forms import BasisForm, DocumentForm, FeeForm, IllustrationForm, StepForm

MOST_ROWS = 100
_FORMS: dict[str, type[forms.ModelForm]] = {
    "steps": StepForm,
    "fees": FeeForm,
    "documents": DocumentForm,
    "legal_bases": BasisForm,
    "illustrations": IllustrationForm,
}
_ACT = re.compile(f"({'|'.join(_FORMS)})-(add|[0-9]{{1,2}}-(?:up|down|remove))")
# Parts that name a kept file, and in which field.
_FILES = {"documents": "template", "illustrations": "picture"}
TITLES = {
    "steps": (_("Kroki"), _("Dodaj krok")),
    "fees": (_("Opłaty"), _("Dodaj opłatę")),
    "documents": (_("Dokumenty"), _("Dodaj dokument")),
    "legal_bases": (_("Podstawa prawna"), _("Dodaj akt prawny")),
    "illustrations": (_("Ilustracje"), _("Dodaj ilustrację")),
}
# Each part as a list of raw rows: name of a field → what stands in it.
Raw = dict[str, list[dict[str, Any]]]


def raw_of_contents(contents: Contents) -> Raw:
    raw: Raw = {part: [value._asdict() for value in getattr(contents, part)] for part in _FORMS}
    for part, name in _FILES.items():
        for row in raw[part]:
            row[name] = row[name] and row[name].pk
    return raw


def raw_of_post(data: QueryDict, files: MultiValueDict, *, by: User) -> Raw:
    """What was sent. Files are kept at once, so that the next press does not lose them; a row whose
    file is refused gets its ``refusal``.
    """
    raw: Raw = {}
    for part, form in _FORMS.items():
        try:
            total = min(int(data.get(f"{part}-total", "0")), MOST_ROWS)
        except ValueError:
            total = 0
        names = [name for name in form.base_fields if name != "file"]
        raw[part] = [
            {name: data.get(f"{part}-{place}-{name}", "") for name in names}
            for place in range(total)
        ]
    for part, name in _FILES.items():
        for place, row in enumerate(raw[part]):
            if (given := files.get(f"{part}-{place}-file")) is not None:
                try:
                    row[name] = _keep(part, given, by=by).pk
                except PortalError as refusal:
                    row["refusal"] = str(refusal.detail)
                else:
                    if part == "illustrations" and not row["name"]:
                        row["name"] = _free_name(given.name, raw[part])
    return raw


def _keep(part: str, given: UploadedFile, *, by: User) -> ProcedureFile | Picture:
    if part == "illustrations":
        return keep_picture(given.name or "", given, by=by)
    return keep_template(given.name or "", given.read(), by=by)


def _free_name(file: str, rows: list[dict[str, Any]]) -> str:
    """``Wejście od ul. Zachodniej.jpg`` → ``wejscie-od-ul-zachodniej``, or with a number."""
    name = slugify(fold(PurePath(file).stem))[:50].strip("-") or "ilustracja"
    taken = {row["name"] for row in rows}
    names = [name, *(f"{name}-{number}" for number in range(2, MOST_ROWS + 2))]
    return next(one for one in names if one not in taken)


def apply_act(raw: Raw, act: str) -> str:
    """Add, move or remove a row as ``act`` says; the name of the field to go on from, or "" where
    ``act`` is none of these.
    """
    if not (found := _ACT.fullmatch(act)):
        return ""
    part, rows = found[1], raw[found[1]]
    if found[2] == "add":
        if len(rows) < MOST_ROWS:
            rows.append({})
        return f"{part}-{len(rows) - 1}"
    number, word = found[2].split("-")
    place = int(number)
    if place >= len(rows):
        return ""
    if word == "remove":
        del rows[place]
        return f"{part}-{min(place, len(rows) - 1)}" if rows else f"{part}-add"
    other = place - 1 if word == "up" else place + 1
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
        place = other
    return f"{part}-{place}"


class Parts:
    """The rows as forms: ``is_bound`` ones say what is wrong with them."""

    def __init__(self, raw: Raw, *, is_bound: bool) -> None:
        self._files = {row.pk: row for row in ProcedureFile.objects.order_by("name", "pk")}
        named = [_number(row.get("picture")) for row in raw["illustrations"]]
        self._pictures = Picture.objects.in_bulk([key for key in named if key is not None])
        self.forms = {
            part: [self._form(part, place, row, is_bound) for place, row in enumerate(rows)]
            for part, rows in raw.items()
        }

    def _form(
        self, part: str, place: int, row: Mapping[str, Any], is_bound: bool
    ) -> forms.ModelForm:
        prefix = f"{part}-{place}"
        given: dict[str, Any] = {"prefix": prefix, "use_required_attribute": False}
        if is_bound:
            given["data"] = {f"{prefix}-{name}": value for name, value in row.items()}
        else:
            given["initial"] = row
        if part == "documents":
            given["templates"] = {key: file.name for key, file in self._files.items()}
        if part == "illustrations":
            given["pictures"] = self._pictures
        form = _FORMS[part](**given)
        if part in _FILES:
            # For the page: what the row names now.
            kept: Mapping[Any, Any] = self._files if part == "documents" else self._pictures
            key = _number(row.get(_FILES[part]))
            form.kept = kept.get(key)  # type: ignore[attr-defined]
        if (refusal := row.get("refusal")) and is_bound:
            # That there is no file is not what is wrong.
            form.errors.pop("file", None)
            form.add_error("file", refusal)
        return form

    def is_valid(self) -> bool:
        judged = [form.is_valid() for rows in self._filled().values() for form in rows]
        names: set[str] = set()
        for form in self._filled()["illustrations"]:
            if (name := form.cleaned_data.get("name")) in names:
                form.add_error("name", _("Tę nazwę ma już inna ilustracja tej karty."))
                return False
            names.add(name or "")
        return all(judged)

    def add_error(self, prefix: str, field: str, fault: str) -> None:
        """To the row that is the ``prefix`` of those in which something stands: "steps-0"."""
        part, place = prefix.rsplit("-", 1)
        self._filled()[part][int(place)].add_error(field, fault)

    def values(self) -> dict[str, Any]:
        """The parts as ``Contents`` takes them; rows in which nothing stands are left out."""
        return {
            part: tuple(self._value(part, form.cleaned_data) for form in rows)
            for part, rows in self._filled().items()
        }

    def _filled(self) -> dict[str, list[forms.ModelForm]]:
        return {
            part: [form for form in rows if _holds_something(form)]
            for part, rows in self.forms.items()
        }

    def _value(self, part: str, cleaned: dict[str, Any]) -> Any:
        value = VALUES[part]
        given = {name: cleaned[name] for name in value._fields}
        if part == "documents":
            given["template"] = self._files.get(given["template"])
        return value(**given)

    def shown(self, focus: str = "") -> dict[str, dict[str, Any]]:
        """For the page: each part with its titles and rows. The first field of the row ``focus``
        (``apply_act``) gets the focus.
        """
        for form in (form for rows in self.forms.values() for form in rows):
            if form.prefix == focus:
                next(iter(form.fields.values())).widget.attrs["autofocus"] = True
        return {
            part: {
                "name": part,
                "title": TITLES[part][0],
                "add": TITLES[part][1],
                "focus_add": focus == f"{part}-add",
                "rows": rows,
            }
            for part, rows in self.forms.items()
        }


def _number(value: object) -> int | None:
    """A key as a form holds or sends it; None where it is none."""
    text = str(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _holds_something(form: forms.ModelForm) -> bool:
    """Whether anything but the kind of a document stands in the row."""
    names = [name for name in form.fields if name not in ("kind", "file")]
    return bool(form.errors.get("file")) or any(
        str(form.data.get(form.add_prefix(name)) or "").strip() for name in names
    )
