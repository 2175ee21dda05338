"""No regular expression takes longer than in proportion to the text, whatever stands in it.

Every pattern of the portal is tried, also those that only meet our own texts: where a text comes
from changes sooner than a test does.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import URLPattern, get_resolver

from tests import patterns
from tests.test_architecture import APPS, ROOT, module_of

SEARCHES = ("match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer")
# Patterns that are made anew for each text of our own; none of it comes from outside.
OF_OUR_OWN = {
    "web.management.commands.check_messages": "names of catalogues, in a command of developers",
    "web.plain_words.office_words": "words of offices, looked for in texts of our own",
}
# Where the pattern of a converter stands.
CONVERTERS = {"procedures.numbers:regex"}


@dataclass(frozen=True, slots=True)
class Found:
    """A pattern, where it stands, and the methods by which it is used there."""

    where: str
    pattern: str
    flags: int
    methods: tuple[str, ...]


def our_modules() -> Iterator[tuple[str, ast.Module]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield module_of(path), ast.parse(path.read_text())


def _as_text(pattern: object) -> str:
    """A pattern of bytes is tried on the characters with the same numbers."""
    return pattern.decode("latin-1") if isinstance(pattern, bytes) else str(pattern)


def calls_of_re(tree: ast.Module) -> Iterator[tuple[str, ast.Call]]:
    """(function, call) of ``re.compile(…)``, ``re.sub(…)`` and so on."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            of = node.func.value
            if (
                isinstance(of, ast.Name)
                and of.id == "re"
                and node.func.attr in (*SEARCHES, "compile")
            ):
                yield node.func.attr, node


def evaluated(node: ast.expr, names: dict) -> object:
    """The value of an expression of constants; ``NameError`` if it needs what a function has."""
    return eval(compile(ast.Expression(node), "<pattern>", "eval"), names)


def methods_on(name: str, trees: dict[str, ast.Module]) -> tuple[str, ...]:
    """The methods that any module calls on ``name``; all of them where it is handed on."""
    calls = {
        node.attr
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in SEARCHES
        and isinstance(node.value, ast.Name)
        and node.value.id == name
    }
    return tuple(sorted(calls)) or ("fullmatch", "finditer")


def compiled_in(value: object) -> Iterator[re.Pattern]:
    """Compiled patterns in a constant: itself, or inside lists, tuples and dictionaries."""
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, dict):
        yield from (found for inner in value.values() for found in compiled_in(inner))
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (found for inner in value for found in compiled_in(inner))


def every_pattern() -> list[Found]:
    trees = dict(our_modules())
    found: list[Found] = []
    for module, tree in trees.items():
        if not any(calls_of_re(tree)):
            continue
        names = vars(importlib.import_module(module))
        constants = [
            (name, pattern)
            for name, value in names.items()
            if not name.startswith("__")
            for pattern in compiled_in(value)
        ]
        found += [
            Found(
                f"{module}.{name}",
                _as_text(one.pattern),
                one.flags | re.UNICODE,
                methods_on(name, trees),
            )
            for name, one in constants
        ]
        for function, call in calls_of_re(tree):
            where = f"{module}:{call.lineno}"
            try:
                pattern = evaluated(call.args[0], names)
            except NameError:
                in_constant = any(True for _ in constants) and function == "compile"
                assert in_constant or module in OF_OUR_OWN, f"{where}: which pattern is it?"
                continue
            if function == "compile":
                # It must be a constant, or this test would not know how it is used.
                assert any(one.pattern == pattern for _name, one in constants), where
                continue
            flags = next((evaluated(k.value, names) for k in call.keywords if k.arg == "flags"), 0)
            found.append(Found(where, _as_text(pattern), int(str(int(flags))), (function,)))  # type: ignore[call-overload]
    return found


def every_path(resolver=None) -> Iterator[str]:
    """The pattern of every part of an address, those of libraries too, without names of groups."""
    for entry in (resolver or get_resolver()).url_patterns:
        yield re.sub(r"\?P<\w+>", "", entry.pattern.regex.pattern)
        if not isinstance(entry, URLPattern):
            yield from every_path(entry)


def unique(found: list[Found]) -> list[Found]:
    return list({(one.pattern, one.flags, one.methods): one for one in found}.values())


@pytest.mark.parametrize("found", unique(every_pattern()), ids=lambda found: found.where)
def test_a_pattern_takes_time_in_proportion_to_the_text(found):
    slow = patterns.slowest(found.pattern, found.flags, found.methods)
    assert slow is not None, f"{found.where} did not end: {found.pattern}"
    assert slow.is_linear, f"{found.where}: {slow}"


def test_so_do_the_patterns_of_addresses():
    paths = set(every_path())
    assert len(paths) > 100
    # What stands around the groups is fixed, so many addresses have the same patterns.
    groups = {group for path in paths for group in re.findall(r"\([^()]*[+*}][^()]*\)", path)}
    assert any("[^/]+" in group for group in groups)
    others = {path for path in paths if re.search(r"[+*}]", re.sub(r"\([^()]*\)", "", path))}
    for pattern in groups | others:
        slow = patterns.slowest(f"^{pattern}/$", 0, ("search",))
        assert slow is not None, pattern
        assert slow.is_linear, (pattern, slow)


def test_the_check_finds_what_it_is_for():
    """A square and a cube are found, as well as a pattern that never ends."""
    assert not patterns.slowest(r"\s*x", 0, ("search",)).is_linear
    cube = patterns.slowest(r"a*a*a*b", 0, ("fullmatch",), seconds=2)
    assert cube is None or not cube.is_linear
    assert patterns.slowest(r"(?:a|a)*b", 0, ("fullmatch",), seconds=2) is None
    assert patterns.slowest(r"\s*+x", 0, ("fullmatch",)).is_linear


def test_a_new_use_of_patterns_is_seen():
    """Other ways to a pattern than ``re`` would pass the test above by. Those of converters are
    parts of addresses.
    """
    others = {
        f"{module}:{node.lineno}"
        for module, tree in our_modules()
        for node in ast.walk(tree)
        if not isinstance(node, ast.Name) or f"{module}:{node.id}" not in CONVERTERS
        if (isinstance(node, ast.Name) and node.id in {"RegexValidator", "RegexField", "regex"})
        or (isinstance(node, ast.ImportFrom) and node.module == "re")
    }
    assert others == set()


def test_what_is_listed_here_exists():
    sources = {module: Path(ROOT, *module.split(".")).with_suffix(".py") for module in OF_OUR_OWN}
    assert all(path.exists() for path in sources.values())
