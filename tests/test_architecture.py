"""The house keeps its shape: imports point one way, rooms have their names, files stay small."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Lowest first: an app may import those before it, never those after it.
STOREYS = (
    {"owed"},
    {"web", "regulations"},
    {"outbox", "districts"},
    {"accounts"},
    {"units"},
    {"catalogue"},
    {"reports"},
    {"own_reports", "api", "panel"},
    {"demo"},
)
APPS = sorted(app for storey in STOREYS for app in storey)
ROOMS = (
    "outbox/backend.py",
    "outbox/cancelling.py",
    "owed/nudging.py",
    "outbox/sending.py",
    "districts/locating.py",
    "districts/gazetteer.py",
    "accounts/access.py",
    "accounts/audit.py",
    "accounts/consents.py",
    "accounts/closing.py",
    "accounts/identity.py",
    "accounts/rules",
    "accounts/people",
    "own_reports/selection.py",
    "reports/intake/submission.py",
    "catalogue/routing.py",
    "reports/dispatch/dispatching.py",
    "reports/handling/workflow.py",
    "reports/handling/status.py",
    "reports/intake/following.py",
    "reports/second_thoughts/correcting.py",
    "reports/intake/similar.py",
    "reports/dispatch/channels/panel",
    "reports/dispatch/channels/email",
    "reports/photos/processing.py",
    "web/errors.py",
    "geo_portal/checks.py",
)
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "services", "misc"}
MOST_LINES = 400
READ_BY_PEOPLE = {".py", ".js", ".css", ".html", ".sh", ".md"}


def sources(folder: str, suffix: str = ".py") -> list[Path]:
    return sorted((ROOT / folder).rglob(f"*{suffix}"))


def imports(path: Path) -> set[tuple[str, str]]:
    """Absolute imports as (module, name); the name is empty for a plain ``import``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            found |= {(node.module, alias.name) for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
    return found


def allowed_for(app: str) -> set[str]:
    """The app itself and every storey below its own."""
    level = next(index for index, storey in enumerate(STOREYS) if app in storey)
    return {app}.union(*STOREYS[:level])


def our_files() -> list[Path]:
    folders = [*APPS, "geo_portal", "static/js", "static/css", "tests", "benchmarks", "bin", "docs"]
    files = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file()]
    return [path for path in files if path.suffix in READ_BY_PEOPLE and "build" not in path.parts]


@pytest.mark.parametrize("app", APPS)
def test_imports_point_one_way(app):
    others = set(APPS) - allowed_for(app)
    wrong = {
        f"{path.relative_to(ROOT)} imports {module}"
        for path in sources(app)
        for module, _name in imports(path)
        if module.split(".")[0] in others
    }
    assert wrong == set()


@pytest.mark.parametrize("app", APPS)
def test_nobody_imports_the_wiring_but_for_settings(app):
    wrong = {
        f"{path.relative_to(ROOT)} imports {name} from {module}"
        for path in sources(app)
        for module, name in imports(path)
        if module.split(".")[0] == "geo_portal" and not module.startswith("geo_portal.settings")
    }
    assert wrong == set()


def test_nothing_imports_the_tests():
    folders = [*APPS, "geo_portal"]
    assert not [
        path
        for folder in folders
        for path in sources(folder)
        if any(module.split(".")[0] == "tests" for module, _name in imports(path))
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_where_the_plan_says(room):
    assert (ROOT / room).exists()


def test_no_file_grows_past_its_room():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in our_files()
        # The first migrations are written by a machine.
        if "migrations" not in path.parts
        and (lines := len(path.read_text().splitlines())) > MOST_LINES
    }
    assert long == {}


def test_no_file_or_folder_has_a_name_that_says_nothing():
    code = [path for path in our_files() if path.suffix in {".py", ".js", ".css"}]
    assert [path for path in code if {*path.parts[:-1], path.stem} & FORBIDDEN_NAMES] == []


def test_no_error_is_swallowed_whole():
    swallowed = re.compile(r"except\s*(Exception|BaseException)?\s*:\s*\n\s*pass|except\s*:")
    folders = [*APPS, "geo_portal"]
    files = [path for folder in folders for path in sources(folder)]
    assert [path for path in files if swallowed.search(path.read_text())] == []


def test_only_the_map_folder_knows_leaflet():
    leaflet = re.compile(r"(?<![\w.])L\.\w|leaflet", re.IGNORECASE)
    scripts = sources("static/js", ".js")
    assert [
        path for path in scripts if "map" not in path.parts and leaflet.search(path.read_text())
    ] == []
