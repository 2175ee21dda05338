"""Which field of a layer holds what, as far as its name and values tell."""

from collections.abc import Mapping, Sequence

from districts.models import Borough

from .rows import code_of

# Names of fields, the likeliest first, as files of cities have them.
_USUAL = {
    "code": ("code", "kod", "slug", "symbol", "id_osiedla", "nr_osiedla", "numer", "jpt_kod_je"),
    "name": ("name", "nazwa", "osiedle", "nazwa_osiedla", "jpt_nazwa_", "rejon", "nazwa_rej"),
    "borough": ("borough", "dzielnica", "delegatura"),
}


def guess_fields(fields: Sequence[Mapping]) -> dict[str, str]:
    """For ``code``, ``name`` and ``borough`` the name of a field, or "". ``fields``: as in
    ``EditionUpload.found``. Where nothing looks like a code, the name serves.
    """
    # KML always has fields for a name and more, empty where somebody else's fields say it.
    filled = [field for field in fields if field["samples"]]
    names = {code_of(field["name"]).replace("-", "_"): field["name"] for field in filled}
    guess = {
        what: next((names[one] for one in usual if one in names), "")
        for what, usual in _USUAL.items()
    }
    boroughs = {code_of(one) for one in Borough.values}
    for field in filled:
        samples = {code_of(sample) for sample in field["samples"]}
        if not guess["borough"] and samples and samples <= boroughs:
            guess["borough"] = field["name"]
    if guess["borough"] == guess["name"]:
        guess["borough"] = ""
    guess["code"] = guess["code"] or guess["name"]
    return guess
