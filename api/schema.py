"""What every operation of the API may answer, besides what it says itself."""

from django.utils.translation import gettext as _

_SHAPE = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
}


def with_common_refusals(result: dict, **_context: object) -> dict:
    """drf-spectacular's hook: refusals that come before any view, and so from all of them."""
    words = {
        "400": _("Żądanie, którego nie rozumiemy."),
        "413": _("Za duże."),
        "429": _("Za dużo prób; nagłówek Retry-After mówi, ile sekund odczekać."),
        "503": _("Chwilowo niedostępne; nagłówek Retry-After mówi, ile sekund odczekać."),
    }
    for operation in _operations(result):
        for status, description in words.items():
            operation["responses"].setdefault(status, _refusal(description))
    return result


def _operations(schema: dict) -> list[dict]:
    return [operation for path in schema["paths"].values() for operation in path.values()]


def _refusal(description: str) -> dict:
    return {"description": description, "content": {"application/json": {"schema": _SHAPE}}}
