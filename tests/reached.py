"""Which tests reach a line of the code: ``bin/mutants`` measures it with ``coverage``."""

import ast
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from coverage import CoverageData

# A mutant is tried by at most so many tests, which together take about so many seconds.
MOST_TESTS, MOST_SECONDS = 60, 40.0


class Reached:
    """What the tests in ``folders`` of the checkout in ``root`` reach.

    It is kept in ``output`` for the same ``code``; then only changed test files are run. Tests in
    browsers and those that kill parts of the portal are left out; so are tests that fail.
    """

    def __init__(self, root: Path, folders: Iterable[str], output: Path, code: str) -> None:
        lines, facts = output / "coverage", output / "reached.json"
        kept = json.loads(facts.read_text()) if facts.exists() else {}
        if kept.get("code") != code:
            kept = {"code": code, "files": {}, "seconds": {}}
            lines.unlink(missing_ok=True)
        files = {
            str(path.relative_to(root)): sha256(path.read_bytes()).hexdigest()
            for folder in folders
            for path in sorted((root / folder).rglob("test_*.py"))
        }
        changed = [name for name, print_ in files.items() if kept["files"].get(name) != print_]
        if changed:
            seconds = _measure(changed, root, lines)
            for test in [test for test in kept["seconds"] if _file_of(test) in changed]:
                del kept["seconds"][test]
            kept["seconds"] |= seconds
            kept["files"] |= files
            facts.write_text(json.dumps(kept))
        self._seconds: dict[str, float] = {
            test: seconds for test, seconds in kept["seconds"].items() if _file_of(test) in files
        }
        self._data = CoverageData(str(lines))
        self._data.read()
        self._texts = {
            file: (root / file).read_text() for file in sorted(self._data.measured_files())
        }
        self._test_texts = {file: (root / file).read_text() for file in files}
        self._on_lines = {file: self._data.contexts_by_lineno(file) for file in self._texts}

    def tests_of(self, module: Path, line: int) -> list[str]:
        """The tests that may see a change of ``line``, the nearest and quickest first."""
        found, naming = self._tests_on(str(module), [line]), set[str]()
        if not found:
            found, naming = self._tests_using(str(module), line)
        if not found:
            mirror = f"{mirror_of(module)}/"
            found = {test for test in self._seconds if test.startswith(mirror)}

        def rank(test: str) -> tuple[bool, bool, bool, bool, float]:
            """Smallest for what names the line, is in the file of the module's name, its room, its
            app.
            """
            file = Path(_file_of(test))
            return (
                str(file) not in naming,
                file.name != f"test_{module.stem}.py",
                mirror_of(module) not in file.parents,
                file.parts[1] != module.parts[0],
                self._seconds[test],
            )

        chosen: list[str] = []
        left = MOST_SECONDS
        for test in sorted(found, key=rank)[:MOST_TESTS]:
            if not chosen or self._seconds[test] <= left:
                chosen.append(test)
                left -= self._seconds[test]
        return chosen

    def seconds_of(self, tests: Iterable[str]) -> float:
        """How long ``tests`` took together, unbroken."""
        return sum(self._seconds[test] for test in tests)

    def _tests_on(self, file: str, lines: Iterable[int]) -> set[str]:
        on_lines = self._on_lines.get(file, {})
        return {test for line in lines for test in on_lines.get(line, ())} & self._seconds.keys()

    def _tests_using(self, file: str, line: int) -> tuple[set[str], set[str]]:
        """For a line that runs when its module is loaded: the tests that reach another line of the
        class or function around it, or any line with a name that it gives, and those of files that
        have this name; and these files.
        """
        found: set[str] = set()
        naming: set[str] = set()
        for node in ast.walk(ast.parse(self._texts.get(file, ""))):
            if not isinstance(node, ast.stmt) or line not in _lines_of(node):
                continue
            if hasattr(node, "body"):
                found |= self._tests_on(file, _lines_of(node))
            for name in _names_given(node):
                word = re.compile(rf"\b{name}\b")
                for other, text in self._texts.items():
                    rows = enumerate(text.splitlines(), start=1)
                    hits = [number for number, row in rows if word.search(row)]
                    found |= self._tests_on(other, hits)
                naming |= {test for test, text in self._test_texts.items() if word.search(text)}
        return found | {test for test in self._seconds if _file_of(test) in naming}, naming


def _measure(files: list[str], root: Path, lines: Path) -> dict[str, float]:
    """Add to ``lines`` what the tests of ``files`` reach; returns the seconds that each took."""
    answer = lines.with_name("seconds.json")
    environment = os.environ | {"COVERAGE_FILE": str(lines), "REACHING_SECONDS": str(answer)}
    pytest = ["pytest", "-n0", "-q", "--tb=line", "-p", "no:cacheprovider", "-p", "tests.reaching"]
    measure = [sys.executable, "-m", "coverage", "run", "--append", "-m", *pytest]
    measure += ["-m", "not browser and not faults", *files]
    with lines.with_name("measuring.log").open("w") as log:
        subprocess.run(measure, cwd=root, env=environment, stdout=log, stderr=log, check=False)
    return json.loads(answer.read_text())


def mirror_of(module: Path) -> Path | None:
    """The folder of ``tests`` that mirrors the room of ``module``; none if there is no such."""
    mirrors = (Path("tests") / folder for folder in module.parents[:-1])
    return next((mirror for mirror in mirrors if mirror.is_dir()), None)


def _file_of(test: str) -> str:
    return test.partition("::")[0]


def _lines_of(statement: ast.stmt) -> range:
    first = min(part.lineno for part in (statement, *getattr(statement, "decorator_list", ())))
    return range(first, (statement.end_lineno or first) + 1)


def _names_given(statement: ast.stmt) -> Iterator[str]:
    """The name of a class or function, or of a constant (in capitals)."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name
    for target in (*getattr(statement, "targets", ()), getattr(statement, "target", None)):
        if isinstance(target, ast.Name) and target.id.isupper():
            yield target.id
