"""Why a file does not become a draft."""

from collections.abc import Sequence
from typing import Any

# A problem: its ``code`` and details for ``words.py``; where it is about a feature, its ``feature``
# (the number of the row, from 1) and ``label``, and ``lon`` and ``lat`` (EPSG:4326) where it has a
# place.
Problem = dict[str, Any]


class NotLoaded(Exception):
    """Nothing was loaded, for these ``problems``. ``count``: how many there are, where only the
    first are listed.
    """

    def __init__(self, problems: Sequence[Problem], *, count: int | None = None) -> None:
        self.problems = list(problems)
        self.count = count or len(self.problems)
        super().__init__(", ".join(problem["code"] for problem in self.problems[:3]))


def problem(code: str, **details: object) -> Problem:
    return {"code": code, **details}
