"""The cards that people read, in the shape of the files, so that loading takes them back."""

import json
from typing import Any

from procedures.arranging import read_arrangement
from procedures.contents import WITH_PARTS, read_contents
from procedures.models import ProcedureVersion
from web.spreadsheets import csv_text

from .cells import row_of_card
from .shape import FACTS, FIELDS, LISTS, TEXTS


def current_cards() -> list[dict[str, Any]]:
    """Every published card as JSON values, by number."""
    versions = (
        ProcedureVersion.objects.current()
        .select_related("procedure__desk_layer", "unit", "department")
        .prefetch_related(
            *WITH_PARTS,
            *(f"procedure__{name}" for name in LISTS if name != "synonyms"),
        )
        .order_by("procedure__number")
    )
    return [card_of_version(version) for version in versions]


def card_of_version(version: ProcedureVersion) -> dict[str, Any]:
    """What ``version`` says and how its procedure is arranged, as JSON values."""
    procedure = version.procedure
    contents, arranged = read_contents(version), read_arrangement(procedure)
    card: dict[str, Any] = {name: getattr(contents, name) for name in TEXTS}
    card |= {name: getattr(contents, field) for name, field in FACTS.items()}
    card |= {name: sorted(getattr(arranged, name)) for name in LISTS if name != "synonyms"}
    card |= {
        "number": procedure.number,
        "unit": contents.unit.code,
        "department": contents.department.code if contents.department else None,
        "synonyms": list(arranged.synonyms),
        "desk_layer": arranged.desk_layer.code if arranged.desk_layer else None,
        "review_by": arranged.review_by.isoformat() if arranged.review_by else None,
        "is_demo": procedure.is_demo,
        "steps": [step.text for step in contents.steps],
        "fees": [
            fee._asdict() | {"amount": None if fee.amount is None else str(fee.amount)}
            for fee in contents.fees
        ],
        "documents": [
            document._asdict() | {"template": document.template.name if document.template else ""}
            for document in contents.documents
        ],
        "legal_basis": [basis._asdict() for basis in contents.legal_bases],
        "pictures": [
            {"name": one.name, "description": one.description, "file": one.picture.name}
            for one in contents.illustrations
        ],
    }
    return {name: card[name] for name in FIELDS}


def json_of_cards(cards: list[dict[str, Any]]) -> str:
    return json.dumps(cards, ensure_ascii=False, indent=2) + "\n"


def csv_of_cards(cards: list[dict[str, Any]]) -> str:
    return csv_text(FIELDS, [row_of_card(card) for card in cards])
