"""What a version of a card says, as one value: read, compared and written as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from units.models import Unit

from .models import (
    Department,
    Document,
    Fee,
    Illustration,
    LegalBasis,
    Picture,
    ProcedureFile,
    ProcedureVersion,
    Step,
)

# The parts in the order in which a card shows them, with the model that keeps them.
PARTS: dict[str, type[Any]] = {
    "steps": Step,
    "fees": Fee,
    "documents": Document,
    "legal_bases": LegalBasis,
    "illustrations": Illustration,
}
# What to prefetch for ``read_contents`` of many versions.
WITH_PARTS = (*("steps", "fees", "documents__template", "legal_bases", "illustrations__picture"),)


class GivenStep(NamedTuple):
    text: str


class GivenFee(NamedTuple):
    """``amount`` in złoty; None where it depends."""

    name: str
    amount: Decimal | None = None
    account: str = ""


class GivenDocument(NamedTuple):
    kind: str
    name: str
    note: str = ""
    template: ProcedureFile | None = None


class GivenBasis(NamedTuple):
    title: str
    url: str = ""


class GivenIllustration(NamedTuple):
    """``name`` is how Markdown places it."""

    name: str
    description: str
    picture: Picture


VALUES: dict[str, type[Any]] = {
    "steps": GivenStep,
    "fees": GivenFee,
    "documents": GivenDocument,
    "legal_bases": GivenBasis,
    "illustrations": GivenIllustration,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """The fields as ``ProcedureVersion`` names them, and the parts in their order."""

    title: str
    unit: Unit
    department: Department | None = None
    summary: str = ""
    is_online: bool = False
    online_url: str = ""
    is_by_post: bool = False
    is_by_phone: bool = False
    needs_appointment: bool = False
    has_fee: bool = False
    allows_proxy: bool = False
    handling: str = ""
    time_limit: str = ""
    place: str = ""
    exemptions: str = ""
    appeal: str = ""
    change_note: str = ""
    steps: tuple[GivenStep, ...] = ()
    fees: tuple[GivenFee, ...] = ()
    documents: tuple[GivenDocument, ...] = ()
    legal_bases: tuple[GivenBasis, ...] = ()
    illustrations: tuple[GivenIllustration, ...] = ()

    def differs_from(self, other: "Contents") -> list[str]:
        """The fields that say something else; the note on the change itself is none of them."""
        return [
            name
            for name in (field.name for field in fields(self))
            if name != "change_note" and getattr(self, name) != getattr(other, name)
        ]

    def without_note(self) -> "Contents":
        """The same for the next version: what was said of the last change stays with the last."""
        return replace(self, change_note="")


PLAIN_FIELDS = tuple(field.name for field in fields(Contents) if field.name not in PARTS)


def read_contents(version: ProcedureVersion) -> Contents:
    """What ``version`` says; its parts may have been prefetched."""
    values: dict[str, Any] = {name: getattr(version, name) for name in PLAIN_FIELDS}
    for part in PARTS:
        values[part] = tuple(_given(part, row) for row in getattr(version, part).all())
    return Contents(**values)


def _given(part: str, row: Any) -> Any:
    value = VALUES[part]
    return value(*(getattr(row, name) for name in value._fields))


def templates_of(contents: Contents) -> list[ProcedureFile]:
    """The files that its documents name, each once."""
    files = {one.template.pk: one.template for one in contents.documents if one.template}
    return list(files.values())


def check_contents(contents: Contents) -> None:
    """Raise the ``ValidationError`` of the models' own fields: too long texts, addresses that are
    none, a picture without a description, two pictures of one name.
    """
    plain = {name: getattr(contents, name) for name in PLAIN_FIELDS}
    rows: list[Model] = [ProcedureVersion(**plain)]
    for part, model in PARTS.items():
        rows += [model(**value._asdict()) for value in getattr(contents, part)]
    for row in rows:
        row.full_clean(
            exclude=["procedure", "version", "number", "position"],
            validate_unique=False,
            validate_constraints=False,
        )
    names = [one.name for one in contents.illustrations]
    if twice := next((name for name in names if names.count(name) > 1), None):
        fault = _("Nazwę „%(name)s” mają dwie ilustracje. Nadaj jednej z nich inną.")
        raise ValidationError({"illustrations": fault % {"name": twice}})


def write_contents(version: ProcedureVersion, contents: Contents) -> None:
    """Save ``version``, in whose transaction, with what ``contents`` says."""
    for name in PLAIN_FIELDS:
        setattr(version, name, getattr(contents, name))
    version.save()
    for part, model in PARTS.items():
        getattr(version, part).all().delete()
        _write_part(version, model, getattr(contents, part))


def _write_part(version: ProcedureVersion, model: type[Any], values: Sequence[Any]) -> None:
    model.objects.bulk_create(
        model(version=version, position=position, **value._asdict())
        for position, value in enumerate(values, start=1)
    )
