"""What the documents say of the code is true: decisions are dated, paths exist."""

import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
DATE_AND_STATUS = re.compile(
    r"Date: \d{4}-\d{2}-\d{2} · Status: (accepted(, amended \d{4}-\d{2}-\d{2})?|superseded by \d+)"
)
# Made by the set-up and by running, so not in a fresh checkout.
MADE = (".venv/*", "var/*", "static/build/*")
# What operations.md names of the folder ``var``.
MADE_IN_VAR = {"postgres/", "mail/", "postgres/log", "redis/log"}
NOT_OURS = {".git", ".venv", "node_modules", "var", "build", "__pycache__"}
# Relative, with a folder or a suffix; <topic> stands for any name.
PATH = re.compile(r"[a-z_.<*][\w.<>*-]*(/[\w.<>*-]+)*/?")
SUFFIX = re.compile(r"\.(css|html|js|json|md|mjs|po|py|sh|toml|txt|yaml)$")


def paths_in(document: Path) -> set[str]:
    """Paths between backticks, commands' arguments included; public addresses are no paths."""
    text = re.sub(r"```.*?```", "", document.read_text(), flags=re.DOTALL)
    words = {
        word.rstrip(":;,.") for quoted in re.findall(r"`([^`]+)`", text) for word in quoted.split()
    }
    return {word for word in words if PATH.fullmatch(word) and ("/" in word or SUFFIX.search(word))}


@pytest.fixture(scope="module")
def files_and_folders() -> set[str]:
    """All of the checkout by their paths; folders end with a stroke."""
    found = set()
    for folder, folders, files in os.walk(ROOT):
        folders[:] = [name for name in folders if name not in NOT_OURS]
        here = Path(folder).relative_to(ROOT)
        found |= {str(here / name) for name in files} | {f"{here / name}/" for name in folders}
    return found


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_path_in_a_document_exists(document, files_and_folders):
    """A path from the top, or the last part of one where the sentence says the folder."""

    def exists(path: str) -> bool:
        pattern = re.sub(r"<[^>]*>", "*", path)
        pattern = f"*{pattern}" if pattern.startswith(".") and "/" not in pattern else pattern
        return any(
            fnmatch(known, whole)
            for known in files_and_folders
            for whole in (pattern, f"*/{pattern}", f"{pattern}/", f"*/{pattern}/")
        )

    named = {path for path in paths_in(document) if not any(fnmatch(path, made) for made in MADE)}
    assert {path for path in named - MADE_IN_VAR if not exists(path)} == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_every_link_to_a_file_leads_somewhere(document):
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []


def test_the_paths_of_a_document_are_seen():
    assert {
        "owed/nudging.py",
        "reports/intake/submission.py",
        "districts/describing.py",
    } <= paths_in(ROOT / "docs" / "architecture.md")


def test_decisions_are_numbered_without_a_gap():
    numbers = [int(path.name[:4]) for path in DECISIONS]
    assert numbers == list(range(1, len(DECISIONS) + 1))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.stem)
def test_every_decision_has_its_number_a_date_and_a_status(decision):
    title, _blank, state, *_rest = decision.read_text().splitlines()
    assert title.startswith(f"# {int(decision.name[:4])}. ")
    assert DATE_AND_STATUS.fullmatch(state)
