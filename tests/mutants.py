"""``bin/mutants``: breaks one small thing at a time and asks whether the tests of its room see it.

The mutants come from cosmic-ray. They are made in a copy of the checkout, and the tests run in one
process on a copy of one prepared database, so that a mutant costs little more than its tests.
"""

import argparse
import ast
import logging
import os
import random
import shlex
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import chdir
from pathlib import Path

import django
from cosmic_ray.commands.init import init
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_db import use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkResult

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "var" / "mutants"
COPY = OUTPUT / "checkout"
# Linked into the copy, not copied, or not needed there.
LINKED = (".venv", "node_modules")
LEFT_OUT = {*LINKED, ".git", "var"}
NOT_MUTATED = {"migrations", "tests", "benchmarks"}
# Another way to write the same: small numbers and short texts are identical where they are equal.
SAME_MEANING = ("Eq_Is", "NotEq_IsNot", "Is_Eq", "IsNot_NotEq", "Eq_LtE", "Eq_GtE")


def main() -> None:
    asked = _arguments()
    modules = sorted(_modules(asked.room))
    if not modules:
        sys.exit(f"No module with tests of its own is found in {asked.room}.")
    drawn = _draw(modules, asked.sample, asked.seed)
    rooms = sorted({_tests_of(mutant.module_path)[-1] for mutant in drawn})
    print(f"{len(drawn)} mutants (seed {asked.seed}); tests of {', '.join(rooms)}", flush=True)
    _copy_checkout()
    _prepare_database()
    with chdir(COPY):
        began = time.monotonic()
        if subprocess.run(shlex.split(_command(rooms)), check=False).returncode:
            sys.exit("The tests of these rooms fail before anything is broken.")
        patience = 2 * (time.monotonic() - began) + 60
        _report(list(_try_each(drawn, patience)))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/mutants", description=__doc__)
    parser.add_argument("room", nargs="?", default=".", help="a folder or a file; default: all")
    parser.add_argument("--sample", type=int, help="how many mutants are drawn; default: all")
    parser.add_argument("--seed", type=int, default=1, help="the same seed draws the same mutants")
    return parser.parse_args()


def _modules(room: str) -> Iterator[Path]:
    """Paths, relative to the checkout, of the modules of ``room`` that have tests."""
    listed = ["git", "ls-files", "-co", "--exclude-standard", "--", room]
    for name in subprocess.run(listed, check=True, capture_output=True, text=True).stdout.split():
        path = Path(name)
        if path.suffix == ".py" and not NOT_MUTATED & set(path.parts) and _tests_of(path):
            yield path


def _tests_of(module: Path) -> list[str]:
    """What pytest runs for ``module``: first the file of its name, then the folder that mirrors its
    room. Empty if there is no such folder.
    """
    for folder in module.parents[:-1]:
        mirror = Path("tests") / folder
        if (ROOT / mirror).is_dir():
            own = mirror / f"test_{module.name}"
            return [str(own)] * (ROOT / own).is_file() + [str(mirror)]
    return []


def _draw(modules: list[Path], sample: int | None, seed: int) -> list[MutationSpec]:
    """One mutant for each place of the code that can be broken, or ``sample`` of them at random."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    session = OUTPUT / "session.sqlite"
    session.unlink(missing_ok=True)
    with use_db(session) as found:
        init(modules, found, {})
        mutants = [mutation for item in found.work_items for mutation in item.mutations]
    session.unlink()
    types = {module: list(_annotations(module)) for module in modules}
    places: dict[tuple, list[MutationSpec]] = defaultdict(list)
    for mutant in mutants:
        in_type = any(
            begin <= mutant.start_pos and mutant.end_pos <= end
            for begin, end in types[mutant.module_path]
        )
        if not in_type and not mutant.operator_name.endswith(SAME_MEANING):
            places[mutant.module_path, mutant.start_pos, mutant.end_pos].append(mutant)
    chance = random.Random(seed)
    drawn = sorted(places) if sample is None else chance.sample(sorted(places), sample)
    return [chance.choice(sorted(places[place], key=_name)) for place in drawn]


def _name(mutant: MutationSpec) -> tuple[str, int]:
    return mutant.operator_name, mutant.occurrence


def _annotations(module: Path) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """Where types stand: breaking them changes nothing, or stops the import."""
    for node in ast.walk(ast.parse((ROOT / module).read_text())):
        for name in ("annotation", "returns"):
            if (kind := getattr(node, name, None)) is not None:
                yield (kind.lineno, kind.col_offset), (kind.end_lineno, kind.end_col_offset)


def _copy_checkout() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    shutil.copytree(
        ROOT,
        COPY,
        symlinks=True,
        ignore=lambda folder, names: (
            LEFT_OUT & set(names) if Path(folder) == ROOT else {"__pycache__"} & set(names)
        ),
    )
    for name in LINKED:
        (COPY / name).symlink_to(ROOT / name)


def _prepare_database() -> None:
    """Make the template that all runs copy, of the code as it is; they take it as it stands."""
    django.setup()
    logging.getLogger("cosmic_ray").setLevel(logging.WARNING)
    # Settings are read by the module, so it is imported after they are there.
    from tests.template import template_database

    os.environ["TEST_TEMPLATE_DATABASE"] = template_database()


def _command(tests: Iterable[str]) -> str:
    return f"{sys.executable} -m pytest -q -x --no-header --tb=no -p no:cacheprovider " + " ".join(
        tests
    )


def _try_each(
    drawn: list[MutationSpec], patience: float
) -> Iterator[tuple[MutationSpec, WorkResult]]:
    for number, mutant in enumerate(drawn, start=1):
        began = time.monotonic()
        result = mutate_and_test([mutant], _command(_tests_of(mutant.module_path)), patience)
        outcome = result.test_outcome.value if result.test_outcome else result.worker_outcome.value
        place = f"{mutant.module_path}:{mutant.start_pos[0]} {mutant.operator_name}"
        took = time.monotonic() - began
        print(f"{number}/{len(drawn)} {outcome} {place} ({took:.0f} s)", flush=True)
        yield mutant, result


def _report(tried: list[tuple[MutationSpec, WorkResult]]) -> None:
    """Print how many survived, and write what they changed to ``var/mutants/survivors.diff``."""
    survivors = [result for _, result in tried if result.test_outcome == TestOutcome.SURVIVED]
    judged = (TestOutcome.SURVIVED, TestOutcome.KILLED)
    untried = [result for _, result in tried if result.test_outcome not in judged]
    (OUTPUT / "survivors.diff").write_text("\n".join(result.diff for result in survivors))
    share = len(survivors) / max(1, len(tried) - len(untried))
    print(f"{len(survivors)} of {len(tried) - len(untried)} survived ({share:.0%}):")
    print("\n".join(result.diff for result in survivors))
    for result in untried:
        print(f"not tried: {result.output}")


if __name__ == "__main__":
    main()
