"""``python -m benchmarks [name …]``: measures, prints and writes the results to RESULTS.md.

Every module here that has ``run() -> list[tuple[what, measured, target]]`` takes part.
"""

import os
import pkgutil
import re
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import benchmarks

RESULTS = Path(__file__).parent / "RESULTS.md"
Rows = list[tuple[str, str, str]]


def main(chosen: list[str]) -> int:
    known = {name: module for name, module in measuring() if not chosen or name in chosen}
    if unknown := set(chosen) - known.keys():
        print(f"no such benchmark: {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    for name, module in known.items():
        print(f"== {name}", flush=True)
        rows = module.run()
        for row in rows:
            print("   {}: {} (target {})".format(*row), flush=True)
        keep(name, section(name, (module.__doc__ or "").strip(), rows))
    return 0


def measuring():
    """The names and modules of all measurements."""
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name != "__main__":
            module = import_module(f"benchmarks.{found.name}")
            if hasattr(module, "run"):
                yield found.name, module


def section(name: str, about: str, rows: Rows) -> str:
    lines = [
        f"## {name}",
        about,
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine()}, `bin/bench {name}`",
        "",
        "| what | measured | target |",
        "|---|---|---|",
        *("| {} | {} | {} |".format(*row) for row in rows),
    ]
    return "\n".join(lines)


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB"


def keep(name: str, text: str) -> None:
    """Replace the section of that name in RESULTS.md, or add it at the end."""
    begin, end = f"<!-- {name}: begin -->", f"<!-- {name}: end -->"
    whole = RESULTS.read_text() if RESULTS.exists() else "# Results\n"
    marked = f"{begin}\n{text}\n{end}"
    pattern = re.compile(re.escape(begin) + ".*?" + re.escape(end), re.DOTALL)
    if pattern.search(whole):
        whole = pattern.sub(lambda _match: marked, whole)
    else:
        whole = f"{whole.rstrip()}\n\n{marked}\n"
    RESULTS.write_text(whole)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
