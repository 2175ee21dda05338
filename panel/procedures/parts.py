"""The rows of a card's parts on the page: shown, added, moved, removed, read.

Rows are numbered fields (``steps-0-text``), and adding, moving and removing one are presses that
send the whole form, so all of it works by keyboard and without scripts.
"""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from procedures.contents import (
    Contents,
    GivenBasis,
    GivenDocument,
    GivenFee,
    GivenStep,
)
from procedures.files import keep_template
from procedures.models import ProcedureFile
from web.errors import PortalError

from .forms import BasisForm, DocumentForm, FeeForm, StepForm

MOST_ROWS = 100
_ACT = re.compile("(steps|fees|documents|legal_bases)-(add|[0-9]{1,2}-(?:up|down|remove))")
_FORMS: dict[str, type[forms.ModelForm]] = {
    "steps": StepForm,
    "fees": FeeForm,
    "documents": DocumentForm,
    "legal_bases": BasisForm,
}
_VALUES: dict[str, Any] = {
    "steps": GivenStep,
    "fees": GivenFee,
    "documents": GivenDocument,
    "legal_bases": GivenBasis,
}
TITLES = {
    "steps": (_("Kroki"), _("Dodaj krok")),
    "fees": (_("Opłaty"), _("Dodaj opłatę")),
    "documents": (_("Dokumenty"), _("Dodaj dokument")),
    "legal_bases": (_("Podstawa prawna"), _("Dodaj akt prawny")),
}
# Each part as a list of raw rows: name of a field → what stands in it.
Raw = dict[str, list[dict[str, Any]]]


def raw_of_contents(contents: Contents) -> Raw:
    raw: Raw = {part: [value._asdict() for value in getattr(contents, part)] for part in _FORMS}
    for row in raw["documents"]:
        row["template"] = row["template"] and row["template"].pk
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
    for place, row in enumerate(raw["documents"]):
        if (given := files.get(f"documents-{place}-file")) is not None:
            try:
                row["template"] = keep_template(given.name, given.read(), by=by).pk
            except PortalError as refusal:
                row["refusal"] = str(refusal.detail)
    return raw


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
        rows = ProcedureFile.objects.filter(kind=ProcedureFile.Kind.TEMPLATE).order_by("name", "pk")
        self._files = {row.pk: row for row in rows}
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
        form = _FORMS[part](**given)
        if (refusal := row.get("refusal")) and is_bound:
            form.add_error("file", refusal)
        return form

    def is_valid(self) -> bool:
        judged = [form.is_valid() for rows in self._filled().values() for form in rows]
        return all(judged)

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
        value = _VALUES[part]
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


def _holds_something(form: forms.ModelForm) -> bool:
    """Whether anything but the kind of a document stands in the row."""
    names = [name for name in form.fields if name not in ("kind", "file")]
    return bool(form.errors.get("file")) or any(
        str(form.data.get(form.add_prefix(name)) or "").strip() for name in names
    )
