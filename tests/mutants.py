"""``bin/mutants``: breaks one small thing at a time and asks whether a test sees it.

The mutants come from cosmic-ray. They are made in copies of the checkout, and each is tried by the
tests that reach its line, in a pytest of its own.
"""

import argparse
import ast
import compileall
import json
import logging
import os
import py_compile
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass
from difflib import unified_diff
from itertools import islice
from pathlib import Path
from queue import SimpleQueue

import django
from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_code, use_mutation
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec

from tests.reached import Reached, mirror_of

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "var" / "mutants"
SURVIVORS = OUTPUT / "survivors.json"
# How many mutants are tried at a time.
PROCESSES = 2
# Linked into a copy, not copied, or not needed there.
LINKED = (".venv", "node_modules")
LEFT_OUT = {*LINKED, ".git", "var"}
# What demo invents may as well be another thing.
NOT_MUTATED = {"migrations", "tests", "benchmarks", "demo"}
# Another way to write the same: small numbers and short texts are identical where they are equal.
SAME_MEANING = ("_Eq_Is", "_NotEq_IsNot", "_Is_Eq", "_IsNot_NotEq")


@dataclass(frozen=True)
class _Mutant:
    module: str
    line: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.module}:{self.line} {self.operator.removeprefix('core/')}"


@dataclass(frozen=True)
class _Tried:
    mutant: _Mutant
    diff: str
    is_killed: bool
    # The test that failed; none if the tests could not be loaded, or did not end in time.
    killer: str | None


def main() -> None:
    asked = _arguments()
    modules = sorted(_modules(asked.room))
    if not modules:
        sys.exit(f"No module with tests of its own is found in {asked.room}.")
    OUTPUT.mkdir(parents=True, exist_ok=True)
    code = _prepare_database()
    mutants = _earlier_survivors(code) if asked.again else _draw(modules, asked.sample, asked.seed)
    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(PROCESSES):
        copies.put(_copy_checkout(OUTPUT / f"checkout{number}"))

    is_everywhere = Path(asked.room) == Path()
    folders = {Path("tests")} if is_everywhere else {mirror_of(module) for module in modules}
    print(f"{len(mutants)} mutants (seed {asked.seed}); measuring what tests reach.", flush=True)
    reached = Reached(OUTPUT / "checkout0", sorted(map(str, folders)), OUTPUT, code)

    def try_in_a_copy(mutant: _Mutant) -> _Tried:
        copy = copies.get()
        try:
            return _try(mutant, reached, copy)
        finally:
            copies.put(copy)

    with ThreadPoolExecutor(PROCESSES) as pool:
        tried = list(pool.map(try_in_a_copy, mutants))
    _report(tried, _unreliable(tried, reached, copies.get()), code)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mutants", description=__doc__)
    parser.add_argument("room", nargs="?", default=".", help="a folder or a file; default: all")
    parser.add_argument("--sample", type=int, help="how many mutants are drawn; default: all")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same mutants")
    parser.add_argument("--again", action="store_true", help="only those that survived last time")
    return parser.parse_args()


def _modules(room: str) -> Iterator[Path]:
    """Paths, relative to the checkout, of the modules of ``room`` that have tests."""
    listed = ["git", "ls-files", "-co", "--exclude-standard", "--", room]
    for name in subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split():
        path = Path(name)
        if path.suffix == ".py" and not NOT_MUTATED & set(path.parts) and mirror_of(path):
            yield path


def _draw(modules: list[Path], sample: int | None, seed: int) -> list[_Mutant]:
    """One mutant for each place of the code that can be broken, or a sample of them."""
    logging.getLogger("cosmic_ray").setLevel(logging.WARNING)
    session = OUTPUT / "session.sqlite"
    session.unlink(missing_ok=True)
    with use_db(session) as found:
        init(modules, found, {})
        mutants = [mutation for item in found.work_items for mutation in item.mutations]
    session.unlink()
    idle = {module: list(_without_effect(module)) for module in modules}
    places: dict[tuple, list[MutationSpec]] = defaultdict(list)
    for mutant in mutants:
        is_idle = any(
            begin <= mutant.start_pos and mutant.end_pos <= end
            for begin, end in idle[mutant.module_path]
        )
        if not is_idle and not mutant.operator_name.endswith(SAME_MEANING):
            places[mutant.module_path, mutant.start_pos, mutant.end_pos].append(mutant)
    chance = random.Random(seed)
    shuffled = chance.sample(sorted(places), len(places))
    chosen = (
        chance.choice(sorted(places[place], key=lambda one: (one.operator_name, one.occurrence)))
        for place in shuffled
    )
    return [
        _Mutant(str(one.module_path), one.start_pos[0], one.operator_name, one.occurrence)
        for one in islice(filter(_is_operation, chosen), sample)
    ]


def _without_effect(module: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where something stands that no run can show, or that ``bin/check`` guards: types, the columns
    of a table (also in a migration), ``frozen`` and ``slots``.
    """
    for node in ast.walk(ast.parse(module.read_text())):
        parts = [getattr(node, "annotation", None), getattr(node, "returns", None)]
        if isinstance(node, ast.ClassDef):
            parts += [part for part in node.body if _is_in_migrations(part, module)]
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "dataclass":
            parts += [option for option in node.keywords if option.arg in ("frozen", "slots")]
        for part in parts:
            if part is not None:
                yield (part.lineno, part.col_offset), (part.end_lineno, part.end_col_offset)


def _is_in_migrations(part: ast.stmt, module: Path) -> bool:
    """Whether ``part`` of a class is a column of a table, or its constraints and indexes."""
    if "models" not in (module.stem, module.parent.name):
        return False
    if isinstance(part, ast.ClassDef):
        return part.name == "Meta"
    made = getattr(part, "value", None)
    return isinstance(made, ast.Call) and ast.unparse(made.func).startswith("models.")


def _is_operation(mutant: MutationSpec) -> bool:
    """False where the ``*`` among parameters was taken for a multiplication."""
    before = mutant.module_path.read_text()
    operator = get_operator(mutant.operator_name)()
    with suppress(SyntaxError):
        after = mutate_code(before, operator, mutant.occurrence)
        return _parameters(before) == _parameters(after)
    return False


def _parameters(source: str) -> list[tuple[int, int]]:
    """How many parameters each function has by place only, and by name only."""
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.arguments)]
    return [(len(node.posonlyargs), len(node.kwonlyargs)) for node in found]


def _prepare_database() -> str:
    """Make the template that all runs copy; they take it as it stands. Returns a fingerprint of the
    code that it was made of.
    """
    django.setup()
    # Settings are read by the module, so it is imported after they are there.
    from tests.template import code_fingerprint, template_database

    os.environ["TEST_TEMPLATE_DATABASE"] = template_database()
    return code_fingerprint()


def _copy_checkout(copy: Path) -> Path:
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(
        ROOT,
        copy,
        symlinks=True,
        ignore=lambda folder, names: (
            LEFT_OUT & set(names) if Path(folder) == ROOT else {"__pycache__"} & set(names)
        ),
    )
    # Files compiled otherwise would also be used for a mutant of the same length that was written
    # within the same second.
    by_content = py_compile.PycInvalidationMode.CHECKED_HASH
    compileall.compile_dir(copy, quiet=1, invalidation_mode=by_content)
    for name in LINKED:
        (copy / name).symlink_to(ROOT / name)
    return copy


def _try(mutant: _Mutant, reached: Reached, copy: Path) -> _Tried:
    began = time.monotonic()
    tests = reached.tests_of(Path(mutant.module), mutant.line)
    operator = get_operator(mutant.operator)()
    with use_mutation(copy / mutant.module, operator, mutant.occurrence) as (before, after):
        patience = 120 + 4 * reached.seconds_of(tests)
        is_killed, failed = _run(["-x", *tests], copy, patience) if tests else (False, [])
    name, lines, broken = mutant.module, before.splitlines(), after.splitlines()
    diff = "\n".join(unified_diff(lines, broken, name, name, lineterm=""))
    tried = _Tried(mutant, diff, is_killed, failed[0] if failed else None)
    outcome, took = "killed" if is_killed else "survived", time.monotonic() - began
    print(f"{outcome} {mutant} ({len(tests)} tests, {took:.0f} s)", *failed, flush=True)
    return tried


def _unreliable(tried: list[_Tried], reached: Reached, copy: Path) -> set[str]:
    """The tests among those that killed which also fail on the code as it is."""
    killers = sorted({one.killer for one in tried if one.killer})
    patience = 600 + 4 * reached.seconds_of(killers)
    return set(_run(killers, copy, patience)[1]) if killers else set()


def _run(arguments: list[str], copy: Path, patience: float) -> tuple[bool, list[str]]:
    """Whether pytest fails, or does not end in time; and which tests fail."""
    number = copy.name.removeprefix("checkout")
    environment = os.environ | {
        "TEST_DATABASE_NAME": f"{os.environ['TEST_DATABASE_NAME']}_{number}",
        # tests/environment.py gives each its own database of Redis and folder of photos.
        "PYTEST_XDIST_WORKER": f"gw{number}",
    }
    pytest = [sys.executable, "-m", "pytest", "-q", "-n0", "--no-header", "--tb=line"]
    log = OUTPUT / f"trying{number}.log"
    with log.open("w") as output:
        running = subprocess.Popen(
            [*pytest, "-p", "no:cacheprovider", *arguments],
            cwd=copy,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
        with suppress(subprocess.TimeoutExpired):
            running.wait(patience)
        is_well = running.poll() == 0
        with suppress(ProcessLookupError):
            os.killpg(running.pid, signal.SIGKILL)
        running.wait()
    failed = re.findall(r"^(?:FAILED|ERROR) (tests/\S+?::.+?)(?: - .*)?$", log.read_text(), re.M)
    return not is_well, failed


def _report(tried: list[_Tried], unreliable: set[str], code: str) -> None:
    """Print how many survived, and keep them for ``--again``."""
    survived = [one for one in tried if not one.is_killed]
    unclear = [one for one in tried if one.killer in unreliable]
    diffs = "\n".join(one.diff for one in survived)
    (OUTPUT / "survivors.diff").write_text(diffs)
    kept = {"code": code, "mutants": [asdict(one.mutant) for one in survived]}
    SURVIVORS.write_text(json.dumps(kept))
    judged = len(tried) - len(unclear)
    for one in unclear:
        print(f"unclear: {one.mutant}: {one.killer} fails without it too")
    print(f"{diffs}\n{len(survived)} of {judged} survived ({len(survived) / max(1, judged):.0%}).")


def _earlier_survivors(code: str) -> list[_Mutant]:
    kept = json.loads(SURVIVORS.read_text())
    if kept["code"] != code:
        sys.exit("The code is no longer that of the survivors; draw again.")
    return [_Mutant(**mutant) for mutant in kept["mutants"]]


if __name__ == "__main__":
    main()
