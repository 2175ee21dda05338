"""Cards of files become published cards: a changed one gets a version, an unchanged one nothing."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone

from catalogue.models import Category
from districts.models import Layer
from owed.children import ChildDied
from pictures.errors import PhotoGivenUp, PhotoRefused
from procedures.arranging import Arrangement, read_arrangement, write_arrangement
from procedures.contents import (
    PARTS,
    Contents,
    GivenBasis,
    GivenDocument,
    GivenFee,
    GivenIllustration,
    GivenStep,
    check_contents,
    read_contents,
    write_contents,
)
from procedures.files import find_file, keep_template
from procedures.illustrations import find_unknown
from procedures.models import (
    Department,
    LifeSituation,
    Procedure,
    ProcedureFile,
    ProcedureVersion,
    Topic,
)
from procedures.picture_files import find_picture, load_picture
from procedures.search.indexing import index_procedures
from units.fixture_files import FixtureError, check_known
from units.fixture_loading import Difference
from units.models import Unit

from .reading import GivenCard
from .shape import FACTS, TEXTS, check_codes


def load_cards(cards: list[GivenCard], difference: Difference, *, only_new: bool = False) -> None:
    """Publish ``cards``, in the caller's transaction. ``only_new``: leave those alone whose number
    there is already. Raises ``FixtureError``, which names file and row.
    """
    known = Procedure.objects.in_bulk(field_name="number")
    wanted = [card for card in cards if not (only_new and card.values["number"] in known)]
    places = _Places({card.values["number"] for card in wanted} | known.keys())
    for card in wanted:
        number = card.values["number"]
        if number not in known:
            known[number] = Procedure.objects.create(number=number)
            difference.note_added(number)
    # Cards name one another, so they are arranged when all are there. A relation holds both ways
    # though only one of the two files may name it.
    named_by: dict[str, set[str]] = defaultdict(set)
    for card in wanted:
        for other in card.values["related"]:
            named_by[other].add(card.values["number"])
    for card in wanted:
        number = card.values["number"]
        _load_card(known[number], card, places, named_by[number], difference)
    index_procedures(known[card.values["number"]] for card in wanted)


class _Places:
    """What codes stand for, read once."""

    def __init__(self, numbers: set[str]) -> None:
        self.units = Unit.objects.filter(is_active=True).in_bulk(field_name="code")
        self.departments = Department.objects.filter(is_active=True).in_bulk(field_name="code")
        self.layers = Layer.objects.in_bulk(field_name="code")
        self.codes = {
            "topics": set(Topic.objects.filter(is_active=True).values_list("code", flat=True)),
            "situations": set(
                LifeSituation.objects.filter(is_active=True).values_list("code", flat=True)
            ),
            "categories": set(Category.objects.values_list("code", flat=True)),
            "related": numbers,
        }


def _load_card(
    procedure: Procedure,
    card: GivenCard,
    places: _Places,
    named_by: set[str],
    difference: Difference,
) -> None:
    where = f"{card.where} ({procedure.number})"
    arranged = _arrangement_of(card.values, places, where=where)
    arranged = replace(arranged, related=arranged.related | named_by)
    newest = procedure.versions.begun().order_by("published_at").last()
    before = read_contents(newest) if newest else None
    contents = _contents_of(card, places, before, where=where)
    changed = contents.differs_from(before) if before else ["new"]
    if changed:
        _publish(procedure, contents, where=where)
    rearranged = arranged.differs_from(read_arrangement(procedure))
    if rearranged:
        write_arrangement(procedure, arranged)
    if procedure.is_demo != card.values["is_demo"]:
        procedure.is_demo = card.values["is_demo"]
        procedure.save(update_fields=["is_demo"])
        rearranged.append("is_demo")
    if newest is not None and (changed or rearranged):
        old, new = (before, contents) if changed else (None, None)
        difference.note_changed(
            procedure.number,
            {name: (_short(old, name), _short(new, name)) for name in changed}
            | {name: ("", _short(arranged, name)) for name in rearranged},
        )


def _short(holder: object, name: str) -> str:
    """A value as a person can read it in one line."""
    value = getattr(holder, name, "")
    if name in PARTS:
        return f"{len(value)}"
    text = ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _publish(procedure: Procedure, contents: Contents, *, where: str) -> None:
    """Append a version that begins now. What an editor is writing must not be lost behind it."""
    if procedure.versions.exclude(pk__in=procedure.versions.begun()).exists():
        raise FixtureError(
            f"{where}: an editor's draft or scheduled version waits; settle it first."
        )
    last = procedure.versions.order_by("number").last()
    version = ProcedureVersion(procedure=procedure, number=last.number + 1 if last else 1)
    try:
        check_contents(contents)
        if unknown := find_unknown(contents):
            raise ValidationError(unknown)
    except ValidationError as refused:
        faults = refused.message_dict.items()
        texts = "; ".join(f"{name}: {' '.join(messages)}" for name, messages in faults)
        raise FixtureError(f"{where}: {texts}") from refused
    write_contents(version, contents)
    # Last: from then on nothing of the version may change.
    version.published_at = timezone.now()
    version.save(update_fields=["published_at"])


def _contents_of(
    card: GivenCard, places: _Places, before: Contents | None, *, where: str
) -> Contents:
    values = card.values
    check_known(values["unit"], places.units, where=where, what="unit")
    unit = places.units[values["unit"]]
    department = None
    if values["department"]:
        own = {code for code, one in places.departments.items() if one.unit_id == unit.pk}
        check_known(values["department"], own, where=where, what=f"department of {unit.code}")
        department = places.departments[values["department"]]
    return Contents(
        unit=unit,
        department=department,
        steps=tuple(GivenStep(text) for text in values["steps"]),
        fees=tuple(GivenFee(**fee) for fee in values["fees"]),
        documents=tuple(
            GivenDocument(**document | {"template": _template_of(document, card, where=where)})
            for document in values["documents"]
        ),
        legal_bases=tuple(GivenBasis(**basis) for basis in values["legal_basis"]),
        illustrations=tuple(
            _illustration_of(given, card, before, where=where) for given in values["pictures"]
        ),
        **{name: values[name] for name in TEXTS},
        **{field: values[name] for name, field in FACTS.items()},
    )


def _template_of(document: dict[str, Any], card: GivenCard, *, where: str) -> ProcedureFile | None:
    """The file of that name beside the card, or else the newest that the portal keeps."""
    name = document["template"]
    if not name:
        return None
    _check_file_name(name, where=where, what="template")
    path = card.folder / "templates" / name
    if path.is_file():
        return keep_template(name, path.read_bytes())
    if (kept := find_file(name)) is None:
        raise FixtureError(f"{where}: there is no template '{name}' in {path.parent}.")
    return kept


def _illustration_of(
    given: dict[str, Any], card: GivenCard, before: Contents | None, *, where: str
) -> GivenIllustration:
    """The picture in the file of that name beside the card; or else the one that the card has; or
    else the newest that the portal keeps.
    """
    name = given["file"]
    _check_file_name(name, where=where, what="file")
    path = card.folder / "pictures" / name
    own = [one.picture for one in before.illustrations] if before else []
    kept = next((picture for picture in own if picture.name == name), None)
    if path.is_file():
        try:
            with path.open("rb") as content:
                kept = load_picture(name, File(content))
        except PhotoRefused as refusal:
            raise FixtureError(f"{where}: {path}: {refusal.detail}") from refusal
        except ChildDied as death:
            raise FixtureError(f"{where}: {path}: {PhotoGivenUp.detail}") from death
    if (kept := kept or find_picture(name)) is None:
        raise FixtureError(f"{where}: there is no picture '{name}' in {path.parent}.")
    return GivenIllustration(given["name"], given["description"], kept)


def _check_file_name(name: str, *, where: str, what: str) -> None:
    if not name or "/" in name or "\\" in name or name.startswith("."):
        raise FixtureError(f"{where}: '{what}' must be the name of a file, not {name!r}.")


def _arrangement_of(values: dict[str, Any], places: _Places, *, where: str) -> Arrangement:
    for name, known in places.codes.items():
        check_codes(values[name], known, where=where, what=f"code in '{name}'")
    if values["number"] in values["related"]:
        raise FixtureError(f"{where}: a card is not related to itself.")
    if any(len(word) > 60 for word in values["synonyms"]):
        raise FixtureError(f"{where}: a synonym has more than 60 characters.")
    layer = None
    if values["desk_layer"]:
        check_known(values["desk_layer"], places.layers, where=where, what="layer")
        layer = places.layers[values["desk_layer"]]
    return Arrangement(
        topics=frozenset(values["topics"]),
        situations=frozenset(values["situations"]),
        categories=frozenset(values["categories"]),
        related=frozenset(values["related"]),
        synonyms=tuple(values["synonyms"]),
        desk_layer=layer,
        review_by=values["review_by"],
    )
