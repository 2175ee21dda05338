"""`/api/docs/`: the schema as a page to read, in the portal's frame and without scripts.

The page of Swagger UI, which stood here before, has a frame of its own and markup in which axe
finds faults that no style sheet mends.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

_METHODS = ("get", "post", "patch", "head", "delete", "put")


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter, or a member of a JSON object; ``kind`` as OpenAPI names it, a nested object as
    ``{code, name}``, a list in brackets. ``where``: "query", "path" or "header"; "" in a body.
    """

    name: str
    kind: str
    is_required: bool
    words: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    status: str
    words: str
    fields: list[Field]


@dataclass(frozen=True, slots=True)
class Operation:
    """``media``: the content type of the body, whose members are ``body``."""

    name: str
    method: str
    path: str
    title: str
    parameters: list[Field]
    media: str
    body: list[Field]
    answers: list[Answer]


@dataclass(frozen=True, slots=True)
class Docs:
    """``refusals``: answers that any operation may give, said once."""

    operations: list[Operation]
    refusals: list[Answer]


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    return render(request, "api/docs.html", {"docs": _read_schema(get_language() or "")})


@cache
def _read_schema(_language: str) -> Docs:
    """The schema does not change while the process runs, but for the language of its words."""
    return read_docs(SchemaGenerator().get_schema(request=None, public=True))


def read_docs(schema: dict) -> Docs:
    """What the page says of an OpenAPI ``schema``, in the order of its addresses."""
    reader = _Reader(schema["components"]["schemas"])
    rows = [
        (path, method, operation)
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in _METHODS
    ]
    common = set.intersection(*(set(operation["responses"]) for _p, _m, operation in rows))
    operations = [reader.operation(*row, without=common) for row in rows]
    _path, _method, first = rows[0]
    refusals = [reader.answer(status, first["responses"][status]) for status in sorted(common)]
    return Docs(operations, refusals)


class _Reader:
    """Reads parts of a schema; ``shapes``: the named ones, which others refer to."""

    def __init__(self, shapes: dict) -> None:
        self.shapes = shapes

    def operation(self, path: str, method: str, row: dict, *, without: set[str]) -> Operation:
        bodies = row["requestBody"]["content"] if "requestBody" in row else {"": {}}
        media, content = next(iter(bodies.items()))
        answers = [
            self.answer(status, answer)
            for status, answer in sorted(row["responses"].items())
            if status not in without
        ]
        return Operation(
            name=row["operationId"],
            method=method.upper(),
            path=path,
            title=row.get("summary", ""),
            parameters=[self._parameter(one) for one in row.get("parameters", [])],
            media=media,
            body=list(self._fields(content.get("schema", {}))),
            answers=answers,
        )

    def answer(self, status: str, row: dict) -> Answer:
        content: dict = next(iter(row.get("content", {}).values()), {})
        return Answer(status, row["description"], list(self._fields(content.get("schema", {}))))

    def _parameter(self, row: dict) -> Field:
        kind, words = self._kind(row["schema"]), row.get("description", "")
        return Field(row["name"], kind, row.get("required", False), words, row["in"])

    def _fields(self, schema: dict) -> Iterator[Field]:
        whole = self._resolved(schema)
        if whole.get("type") == "array":
            whole = self._resolved(whole["items"])
        required = whole.get("required", [])
        for name, one in whole.get("properties", {}).items():
            yield Field(name, self._kind(one), name in required, one.get("description", ""))

    def _kind(self, schema: dict) -> str:
        whole = self._resolved(schema)
        if names := whole.get("properties"):
            return f"{{{', '.join(names)}}}"
        if whole.get("type") == "array":
            return f"[{self._kind(whole.get('items', {}))}]"
        if choices := [one for one in whole.get("enum", []) if one]:
            return " | ".join(map(str, choices))
        return whole.get("format") or whole.get("type", "any")

    def _resolved(self, schema: dict) -> dict:
        if "$ref" in schema:
            return self._resolved(self.shapes[schema["$ref"].rpartition("/")[2]])
        parts = schema.get("allOf") or schema.get("oneOf")
        return self._resolved(parts[0]) if parts else schema
