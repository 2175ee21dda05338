"""The house keeps its shape: imports point one way, files stay small, names say something."""

import ast
import re
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def read_storeys(picture: str) -> list[set[str]]:
    """Storeys of a picture in docs/architecture.md, the lowest first."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    drawn = re.search(rf"```{picture}\n(.*?)```", text, re.DOTALL)
    assert drawn, f"docs/architecture.md has no picture called {picture}"
    # The names stand left of the words, two spaces or more between them.
    rows = [re.match(r"((?:\w+ {3})*\w+) {3,}\S", line) for line in drawn[1].splitlines()]
    return [set(row[1].split()) for row in reversed(rows) if row]


# An app may import those below its own storey, never those beside or above.
STOREYS = read_storeys("house")
APPS = sorted(app for storey in STOREYS for app in storey)
# The same inside reports/, by folder; its own modules, models and migrations are the ground.
STOREYS_OF_REPORTS = read_storeys("reports")
GROUND = "ground"
# Named by the framework: commands, what Celery runs, and what fills the templates.
ABOVE_ALL_IN_REPORTS = {"management", "tasks", "templatetags"}
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "misc"}
MOST_LINES = 400
READ_BY_PEOPLE = {".py", ".js", ".css", ".html", ".sh", ".md"}


def sources(folder: str, suffix: str = ".py") -> list[Path]:
    return sorted((ROOT / folder).rglob(f"*{suffix}"))


def imports(path: Path) -> set[tuple[str, str]]:
    """Imports as (module, name), relative ones resolved; a plain ``import`` has no name."""
    package = list(path.relative_to(ROOT).parent.parts)
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            found |= {(module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
    return found


def allowed_for(place: str, storeys: list[set[str]]) -> set[str]:
    """The app or folder itself and every storey below its own."""
    level = next(index for index, storey in enumerate(storeys) if place in storey)
    return {place}.union(*storeys[:level])


def our_files() -> list[Path]:
    folders = [*APPS, "static/js", "static/css", "tests", "benchmarks", "bin", "docs"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in files if path.suffix in READ_BY_PEOPLE and "build" not in path.parts]


@pytest.mark.parametrize("app", APPS)
def test_imports_point_one_way(app):
    others = set(APPS) - allowed_for(app, STOREYS) - {"geo_portal"}
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(app)
        for module, _name in imports(path)
        if module.split(".")[0] in others
    }
    assert wrong == set()


def folder_in_reports(module: str) -> str:
    """``reports.intake.guard.switch`` → ``intake``; a module of the ground → ``ground``."""
    parts = module.split(".")
    folders = {folder for storey in STOREYS_OF_REPORTS for folder in storey}
    known = folders | ABOVE_ALL_IN_REPORTS
    return parts[1] if len(parts) > 1 and parts[1] in known else GROUND


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def test_imports_inside_reports_point_one_way():
    wrong = set()
    for path in sources("reports"):
        folder = folder_in_reports(module_of(path))
        if "migrations" in path.parts or folder in ABOVE_ALL_IN_REPORTS:
            continue
        allowed = allowed_for(folder, STOREYS_OF_REPORTS)
        for module, name in imports(path):
            if module.split(".")[0] == "reports":
                target = folder_in_reports(f"{module}.{name}")
                # Celery finds the tasks of photos in photos/, through reports/tasks.py.
                if target not in allowed:
                    wrong.add(f"{path.relative_to(ROOT)} imports {name} from {module}")
    assert wrong == set()


def test_the_picture_of_the_house_shows_every_app():
    """A new app gets its storey in docs/architecture.md before anything is built on it."""
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - {"tests", "benchmarks"} == set(APPS)


def test_every_folder_of_reports_has_its_storey():
    """A new folder is placed before anything is built on it."""
    folders = {
        path.name for path in (ROOT / "reports").iterdir() if (path / "__init__.py").exists()
    }
    placed = {folder for storey in STOREYS_OF_REPORTS for folder in storey}
    assert folders - {"models", "migrations"} == (placed | ABOVE_ALL_IN_REPORTS) - {GROUND, "tasks"}


@pytest.mark.parametrize("app", [app for app in APPS if app != "geo_portal"])
def test_nobody_imports_the_wiring(app):
    """Settings are read through ``django.conf.settings``."""
    wrong = {
        f"{path.relative_to(ROOT)} imports {name} from {module}"
        for path in sources(app)
        for module, name in imports(path)
        if module.split(".")[0] == "geo_portal"
    }
    assert wrong == set()


def test_nothing_imports_the_tests():
    folders = APPS
    assert not [
        path
        for folder in folders
        for path in sources(folder)
        if any(module.split(".")[0] == "tests" for module, _name in imports(path))
    ]


def test_no_file_grows_past_its_room():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in our_files()
        # The first migrations are written by a machine, and so are the figures of bin/bench.
        if "migrations" not in path.parts
        and path != ROOT / "benchmarks" / "RESULTS.md"
        and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    code = [path for path in our_files() if path.suffix in {".py", ".js", ".css"}]
    assert [path for path in code if {*path.parts[:-1], path.stem} & FORBIDDEN_NAMES] == []


def test_no_error_is_swallowed_whole():
    swallowed = re.compile(r"except\s*(Exception|BaseException)?\s*:\s*\n\s*pass|except\s*:")
    folders = APPS
    files = [path for folder in folders for path in sources(folder)]
    assert [path for path in files if swallowed.search(path.read_text())] == []


def test_only_the_map_folder_knows_leaflet():
    leaflet = re.compile(r"(?<![\w.])L\.\w|leaflet", re.IGNORECASE)
    scripts = sources("static/js", ".js")
    assert [
        path for path in scripts if "map" not in path.parts and leaflet.search(path.read_text())
    ] == []


def our_modules() -> dict[str, Path]:
    """Dotted name → file, packages too, of all that the portal runs."""
    files = [path for folder in (*APPS, "geo_portal") for path in sources(folder)]
    found = {}
    for path in files:
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = our_modules()


def import_statements(tree: ast.AST) -> Iterator[ast.Import | ast.ImportFrom]:
    """All that is executed, also inside functions; not what only a type checker reads."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node
        elif not (isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)):
            yield from import_statements(node)


def imported_modules(module: str, statement: ast.Import | ast.ImportFrom) -> set[str]:
    """Modules of ours that ``statement``, as it stands in ``module``, names."""
    if isinstance(statement, ast.Import):
        return {alias.name for alias in statement.names} & set(MODULES)
    base = statement.module or ""
    if statement.level:
        is_package = MODULES[module].name == "__init__.py"
        parts = module.split(".") if is_package else module.split(".")[:-1]
        parents = parts[: len(parts) - statement.level + 1]
        base = ".".join([*parents, *([base] if base else [])])
    named = {f"{base}.{alias.name}" for alias in statement.names}
    # What is no module is a name in the package or module itself.
    return (named & set(MODULES)) | ({base} & set(MODULES) if named - set(MODULES) else set())


def import_graph() -> dict[str, set[str]]:
    return {
        module: {
            name
            for statement in import_statements(ast.parse(path.read_text()))
            for name in imported_modules(module, statement)
        }
        for module, path in MODULES.items()
    }


def test_the_import_graph_sees_what_it_must():
    graph = import_graph()
    assert "owed.nudging" in graph["outbox.backend"]
    assert "outbox.outcomes" in graph["outbox.sending"]
    assert "reports.models.report" in graph["reports.models"]
    assert "reports.dispatch.channels" in graph["reports.dispatch.dispatching"]
    # Inside a function.
    assert "geo_portal.checks" in graph["geo_portal.celery"]


def test_no_modules_import_each_other_in_a_circle():
    try:
        TopologicalSorter(import_graph()).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))


def test_an_import_of_ours_inside_a_function_says_why():
    """Such an import hides a circle, or comes late for a reason, which a comment gives: at its end
    or on the line above it.
    """
    silent = []
    for module, path in MODULES.items():
        tree, lines = ast.parse(path.read_text()), path.read_text().splitlines()
        for statement in set(import_statements(tree)) - set(tree.body):
            around = lines[statement.lineno - 2 : statement.end_lineno]
            if imported_modules(module, statement) and not any("#" in line for line in around):
                silent.append(f"{path.relative_to(ROOT)}:{statement.lineno}")
    assert silent == []
