"""A file becomes a draft from the command line. The file is opened as one that is uploaded."""

from argparse import ArgumentParser
from collections.abc import Generator, Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from districts.editions.drafting import Shape, begin_draft, shapes_of
from districts.editions.uploading.child import children
from districts.editions.uploading.faults import NotLoaded
from districts.editions.uploading.loading import (
    Choice,
    load_division,
    open_in_child,
    read_division,
)
from districts.editions.uploading.looking import layers_of
from districts.editions.uploading.positions import CHOICES
from districts.editions.uploading.words import NOTES, describe
from districts.models import OSIEDLA, Edition
from owed.children import ChildDied

from .subcommand import Subcommand, add_by, find_layer, find_person


def _add_import(parser: ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="GeoPackage, zipped Shapefile, GeoJSON, GML, KML or FlatGeobuf"
    )
    parser.add_argument("--code", required=True, help="of the draft; a new one is begun")
    parser.add_argument("--layer", default=OSIEDLA, help="of the portal (default: %(default)s)")
    parser.add_argument("--file-layer", help="of the file, if it has several")
    for what in ("code", "name", "borough"):
        parser.add_argument(f"--field-{what}", help="name of a field; guessed without it")
    parser.add_argument("--crs", choices=CHOICES, default="", help="in place of the file's own")
    parser.add_argument("--encoding", default="", choices=["UTF-8", "CP1250", "ISO-8859-2"])
    parser.add_argument("--source", default="", help="of a new draft: where it comes from")
    parser.add_argument("--credit", default="", help="of a new draft: who is named beside the map")
    add_by(parser)


def _import(options: dict[str, Any]) -> Generator[str, None, None]:
    person, layer = find_person(options["by"]), find_layer(options["layer"])
    draft = Edition.objects.filter(code=options["code"]).first()
    if draft is not None and draft.layer != layer:
        raise CommandError(f"edition {draft.code} belongs to the layer {draft.layer_id}")
    base = draft or Edition.objects.in_force_or_none(layer.pk)
    known = shapes_of(base) if base else {}
    path = options["file"]
    try:
        with path.open("rb") as source:
            found = _look(source, options)
            choice = _choice(found, options)
            source.seek(0)
            division = read_division(source, choice, known=known, crs=found["crs"])
    except OSError as fault:
        raise CommandError(f"{path}: {fault.strerror}") from fault
    except NotLoaded as refusal:
        raise CommandError("\n".join(describe(one) for one in refusal.problems)) from refusal
    except ChildDied as death:
        raise CommandError(f"{path} cannot be opened safely: {death.how}") from death
    finally:
        children.end()
    yield f"layer {choice.layer!r}, fields {choice.fields}, system {choice.crs or found['crs']}"
    yield from (str(NOTES[note]) for note in division.notes)
    yield from _summary(known, division.shapes)
    draft = draft or begin_draft(
        layer,
        options["code"],
        by=person,
        source=options["source"] or path.name,
        credit=options["credit"],
    )
    load_division(draft, division, by=person, revision=None, name=path.name)


def _look(source, options: dict[str, Any]) -> dict[str, Any]:
    """The chosen layer of the file, or its only one."""
    opened = open_in_child("look", source, encoding=options["encoding"] or None)
    layers = {layer["name"]: layer for layer in layers_of(opened)}
    name = options["file_layer"] or (next(iter(layers)) if len(layers) == 1 else "")
    if name not in layers:
        raise CommandError(f"name a layer of the file (--file-layer): {', '.join(layers)}")
    return layers[name]


def _choice(found: Mapping[str, Any], options: dict[str, Any]) -> Choice:
    names = [field["name"] for field in found["fields"]]
    fields = {what: options[f"field_{what}"] or guessed for what, guessed in found["guess"].items()}
    unknown = [name for name in fields.values() if name and name not in names]
    if unknown or not fields["code"]:
        wrong = f"no field {unknown[0]!r}" if unknown else "name the field of codes (--field-code)"
        raise CommandError(f"{wrong}; there are: {', '.join(names)}")
    chosen = {what: name for what, name in fields.items() if name}
    return Choice(found["name"], chosen, options["crs"], options["encoding"])


def _summary(known: Mapping[str, Shape], shapes: Mapping[str, Shape]) -> Iterator[str]:
    new, gone = sorted(shapes.keys() - known.keys()), sorted(known.keys() - shapes.keys())
    yield f"{len(shapes)} districts, {len(new)} new, {len(gone)} taken away"
    yield from (f"+ {code} {shapes[code].name}" for code in new[:50])
    yield from (f"- {code} {known[code].name}" for code in gone[:50])


IMPORT = Subcommand("import", "Make a draft what a file has, whole", _add_import, _import)
