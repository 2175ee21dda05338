"""Regular expressions against hostile texts, in a process that may be ended when one never ends.

``python -m tests.patterns`` reads ``{"pattern", "flags", "methods", "seconds"}`` (JSON) and answers
with the slowest text that it found.
"""

import json
import re
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as kinds  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]

ROOT = Path(__file__).parent.parent
# Characters of a text. At the square of it a pattern takes seconds, at its cube hours.
LENGTH = 8_000
# Processor time that nobody notices. Below it, two times say nothing about how they grow.
UNNOTICED = 0.05
# Doubling a text doubles the time of a linear pattern, and quadruples that of the next worse.
MOST_GROWTH = 3.0
# Seconds of processor time for one pattern with all of its texts.
MOST_SECONDS = 30
# One character of each kind that patterns ask for, and none that any of them takes at an end.
_SAMPLES = "1aZ_- ,./:;@°%+*#(\t\n"
_BAD_ENDS = ("\x00", "!", "")


@dataclass(frozen=True, slots=True)
class Slow:
    """The text, described, at which a pattern was slowest, and its seconds of processor time."""

    text: str
    seconds: float
    growth: float

    @property
    def is_linear(self) -> bool:
        return self.seconds < UNNOTICED or self.growth <= MOST_GROWTH


def slowest(
    pattern: str, flags: int, methods: tuple[str, ...], *, seconds: int = MOST_SECONDS
) -> Slow | None:
    """What a process of its own finds out about ``pattern``; None if it needed more than
    ``seconds`` of processor time.
    """
    question = json.dumps(
        {"pattern": pattern, "flags": flags, "methods": methods, "seconds": seconds}
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns"],
        input=question,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    return Slow(**json.loads(done.stdout)) if done.returncode == 0 else None


def hostile_texts(pattern: str, flags: int) -> Iterator[tuple[str, str, str]]:
    """(beginning, what is repeated, end): the beginnings are those of a text that fits, cut off
    everywhere; what is repeated is each character of the pattern, and pairs of them.
    """
    tree = parser.parse(pattern, flags)
    fitting = "".join(_fitting(tree))
    # In the order of the pattern, so that the first ones are those that it is about.
    characters = list(dict.fromkeys([*_characters(tree), *_SAMPLES]))[:20]
    repeated = characters + [a + b for a in characters[:5] for b in characters[:5] if a != b]
    beginnings = {fitting[:cut] for cut in range(min(len(fitting), 16) + 1)}
    for beginning in sorted(beginnings):
        for part in repeated:
            for end in _BAD_ENDS:
                yield beginning, part, end


def _fitting(tree) -> Iterator[str]:
    """Parts of a short text that fits ``tree``, or nearly: what stands around it is not tried."""
    for kind, value in tree:
        if kind in (kinds.LITERAL, kinds.NOT_LITERAL, kinds.IN, kinds.ANY):
            yield next(_characters([(kind, value)]), "x")
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            least, _most, inner = value
            yield "".join(_fitting(inner)) * max(1, min(least, 3))
        elif kind is kinds.SUBPATTERN:
            yield from _fitting(value[3])
        elif kind is kinds.ATOMIC_GROUP:
            yield from _fitting(value)
        elif kind is kinds.BRANCH:
            yield from _fitting(value[1][0])


def _characters(tree) -> Iterator[str]:
    """One character for each class, range and literal in ``tree``."""
    for kind, value in tree:
        if kind is kinds.LITERAL:
            yield chr(value)
        elif kind is kinds.NOT_LITERAL:
            yield "x" if value != ord("x") else "y"
        elif kind is kinds.ANY:
            yield "x"
        elif kind is kinds.RANGE:
            yield from (chr(value[0]), chr(value[1]))
        elif kind is kinds.CATEGORY:
            yield _OF_CATEGORY[value]
        elif kind is kinds.IN:
            negated = value[0][0] is kinds.NEGATE
            yield from (("x", " ") if negated else _characters(value))
        elif kind in (kinds.MAX_REPEAT, kinds.MIN_REPEAT, kinds.POSSESSIVE_REPEAT):
            yield from _characters(value[2])
        elif kind is kinds.SUBPATTERN:
            yield from _characters(value[3])
        elif kind is kinds.ATOMIC_GROUP:
            yield from _characters(value)
        elif kind in (kinds.ASSERT, kinds.ASSERT_NOT):
            yield from _characters(value[1])
        elif kind is kinds.BRANCH:
            for branch in value[1]:
                yield from _characters(branch)


_OF_CATEGORY = {
    kinds.CATEGORY_DIGIT: "1",
    kinds.CATEGORY_NOT_DIGIT: "x",
    kinds.CATEGORY_SPACE: " ",
    kinds.CATEGORY_NOT_SPACE: "x",
    kinds.CATEGORY_WORD: "x",
    kinds.CATEGORY_NOT_WORD: "-",
}


def _seconds(compiled: re.Pattern[str], method: str, text: str) -> float:
    """Processor time of one search through ``text``."""
    act = getattr(compiled, method)
    start = time.process_time()
    if method in ("sub", "subn"):
        act("", text)
    elif method == "finditer":
        list(act(text))
    else:
        act(text)
    return time.process_time() - start


def _try(pattern: str, flags: int, methods: list[str]) -> Slow:
    compiled = re.compile(pattern, flags)
    worst = Slow("", 0.0, 0.0)
    for beginning, part, end in hostile_texts(pattern, flags):
        half, whole = (
            beginning + part * (length // len(part)) + end for length in (LENGTH // 2, LENGTH)
        )
        for method in methods:
            seconds = _seconds(compiled, method, whole)
            if seconds <= max(worst.seconds, UNNOTICED):
                continue
            # The best of three: others use the processor too.
            seconds = min(seconds, *(_seconds(compiled, method, whole) for _ in range(2)))
            before = min(_seconds(compiled, method, half) for _ in range(3))
            growth = seconds / max(before, 1e-6)
            found = Slow(f"{method}: {beginning!r} + {part!r} × n + {end!r}", seconds, growth)
            if not found.is_linear:
                return found
            worst = max(worst, found, key=lambda slow: slow.seconds)
    return worst


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"]))
    found = _try(asked["pattern"], asked["flags"], asked["methods"])
    json.dump({"text": found.text, "seconds": found.seconds, "growth": found.growth}, sys.stdout)
