"""Adds to the schema the answers that every operation may give."""

from django.utils.translation import gettext as _

_SHAPE = {
    "type": "object",
    "required": ["code", "detail"],
    "properties": {"code": {"type": "string"}, "detail": {"type": "string"}},
}


def with_common_refusals(result: dict, **_context: object) -> dict:
    """drf-spectacular's hook: adds refusals that any operation may give before its view runs."""
    words = {
        "400": _("Żądanie, którego nie rozumiemy."),
        "413": _("Za duże."),
        "414": _("Za długi adres."),
        "415": _("Zły rodzaj albo kodowanie treści."),
        "429": _("Za dużo prób; nagłówek Retry-After mówi, ile sekund odczekać."),
        "431": _("Za dużo nagłówków."),
        "503": _("Chwilowo niedostępne; nagłówek Retry-After mówi, ile sekund odczekać."),
    }
    content = {"application/json": {"schema": _SHAPE}}
    for path in result["paths"].values():
        for operation in path.values():
            for status, description in words.items():
                refusal = {"description": description, "content": content}
                operation["responses"].setdefault(status, refusal)
    return result
