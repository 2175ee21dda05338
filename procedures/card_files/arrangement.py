"""How cards are arranged, from a file: departments, topics, life situations, desks."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from districts.models import Edition, Layer
from procedures.models import Department, Desk, DeskDistrict, LifeSituation, Topic
from units.fixture_files import FixtureError, check_fields, check_known, check_unique, read_rows
from units.fixture_loading import Difference, sync_by_code
from units.models import Unit

_TOPIC = {"name_en": str, "name_uk": str, "icon": str, "topics": list}
_SITUATION = {"name_en": str, "name_uk": str, "icon": str}
_LEADS = {"lead": str, "lead_en": str, "lead_uk": str}
_DESK = {"code": str, "unit": str, "name": str, "address": str}
_DESK_OPTIONAL = {"hours": str, "phone": str, "layer": str, "districts": list}


def load_arrangement(path: Path, difference: Difference) -> None:
    """Make departments, topics, situations and desks equal to the file, in the caller's
    transaction; what left the file is switched off. ``FixtureError`` names file and row.
    """
    units = Unit.objects.filter(is_active=True).in_bulk(field_name="code")
    _load_departments(path, units, difference)
    _load_topics(path, difference)
    _load_situations(path, difference)
    _load_desks(path, units, difference)


def _load_departments(path: Path, units: dict[str, Unit], difference: Difference) -> None:
    wanted = []
    for row, where in _rows(path, "departments"):
        check_fields(
            row, where=where, required={"code": str, "unit": str, "name": str}, optional={}
        )
        check_known(row["unit"], units, where=where, what="unit")
        wanted.append(row | {"unit": units[row["unit"]], "is_active": True})
    _sync(Department, wanted, difference, where=str(path))


def _load_topics(path: Path, difference: Difference) -> None:
    rows = [
        (row, parent)
        for row, where in _rows(path, "topics")
        for row, parent in _tree(row, None, where=where)
    ]
    wanted = [
        {
            "code": row["code"],
            f"name_{settings.LANGUAGE_CODE}": row["name"],
            "name_en": row.get("name_en"),
            "name_uk": row.get("name_uk"),
            "icon": row.get("icon", ""),
            "position": position,
            "is_active": True,
        }
        for position, (row, _parent) in enumerate(rows, start=1)
    ]
    topics = _sync(Topic, wanted, difference, where=str(path))
    for row, parent in rows:
        topic = topics[row["code"]]
        above = topics[parent] if parent else None
        if topic.parent_id != (above and above.pk):
            topic.parent = above
            topic.save(update_fields=["parent"])
            difference.note_changed(topic.code, {"parent": ("", parent)})


def _tree(row: dict, parent: str | None, *, where: str) -> Iterator[tuple[dict, str | None]]:
    """The topic and those below it, each with the code of the one above."""
    if not isinstance(row, dict):
        raise FixtureError(f"{where}: a topic must have named fields, not {row!r}.")
    check_fields(row, where=where, required={"code": str, "name": str}, optional=_TOPIC)
    yield row, parent
    for below in row.get("topics", []):
        yield from _tree(below, row["code"], where=f"{where}, below {row['code']}")


def _load_situations(path: Path, difference: Difference) -> None:
    wanted = []
    for position, (row, where) in enumerate(_rows(path, "situations"), start=1):
        check_fields(
            row, where=where, required={"code": str, "name": str}, optional=_SITUATION | _LEADS
        )
        values: dict[str, Any] = {"code": row["code"], "position": position, "is_active": True}
        values |= {f"name_{settings.LANGUAGE_CODE}": row["name"], "icon": row.get("icon", "")}
        values |= {name: row.get(name) for name in ("name_en", "name_uk")}
        values |= {f"lead_{settings.LANGUAGE_CODE}": row.get("lead", "")}
        values |= {name: row.get(name) for name in ("lead_en", "lead_uk")}
        wanted.append(values)
    _sync(LifeSituation, wanted, difference, where=str(path))


def _load_desks(path: Path, units: dict[str, Unit], difference: Difference) -> None:
    rows = list(_rows(path, "desks"))
    layers = Layer.objects.in_bulk(field_name="code")
    wanted, served = [], set()
    for row, where in rows:
        check_fields(row, where=where, required=_DESK, optional=_DESK_OPTIONAL)
        check_known(row["unit"], units, where=where, what="unit")
        if row.get("districts"):
            check_known(row.get("layer", ""), layers, where=where, what="layer")
            known = _codes_of(row["layer"])
            for code in row["districts"]:
                check_known(code, known, where=where, what="district")
                if (one := (row["unit"], row["layer"], code)) in served:
                    raise FixtureError(f"{where}: {row['unit']} has another desk for '{code}'.")
                served.add(one)
        values = {"hours": "", "phone": "", "is_active": True} | row | {"unit": units[row["unit"]]}
        wanted.append({name: values[name] for name in values if name not in ("layer", "districts")})
    desks = _sync(Desk, wanted, difference, where=str(path))
    _sync_districts([(desks[row["code"]], row) for row, _where in rows], difference)


def _sync_districts(rows: list[tuple[Desk, dict]], difference: Difference) -> None:
    """Which desk is for which district. A district that changes its desk is taken first."""
    wanted = {
        (desk.unit_id, row["layer"], code): desk.pk
        for desk, row in rows
        for code in row.get("districts", [])
    }
    for one in DeskDistrict.objects.select_for_update():
        if wanted.get((one.unit_id, one.layer_id, one.code)) == one.desk_id:
            del wanted[one.unit_id, one.layer_id, one.code]
        else:
            difference.lines.append(f"- {one.code}: desk {one.desk_id}")
            one.delete()
    for (unit, layer, code), desk in wanted.items():
        DeskDistrict.objects.create(unit_id=unit, layer_id=layer, code=code, desk_id=desk)
        difference.note_added(f"{code}: desk {desk}")


def _codes_of(layer: str) -> set[str]:
    """Codes of the districts of the edition in force."""
    edition = Edition.objects.in_force_or_none(layer)
    return set(edition.districts.values_list("code", flat=True)) if edition else set()


def _rows(path: Path, member: str) -> Iterator[tuple[dict, str]]:
    for position, row in enumerate(read_rows(path, member), start=1):
        yield row, f"{path}: {member}, row {position}"


def _sync(model: type, wanted: list[dict], difference: Difference, *, where: str) -> dict[str, Any]:
    check_unique((row["code"] for row in wanted), where=where, what="code")
    return sync_by_code(model, wanted, difference, where=where)
