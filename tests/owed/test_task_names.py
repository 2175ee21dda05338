"""Tasks are nudged and scheduled by their names: each name must belong to a task."""

import ast
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings

from geo_portal.celery import app
from owed import nudging
from owed.children import PATIENCE
from reports.photos import processing
from tests.test_architecture import APPS, ROOT, sources


def registered() -> set[str]:
    """Names of the tasks that a worker would find."""
    app.loader.import_default_modules()
    return {name for name in app.tasks if not name.startswith("celery.")}


def nudged(path: Path) -> set[str]:
    """What a module nudges: a string, or the name of one; other expressions as they stand there."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    return {
        named(call.args[0], path)
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "nudge"
    }


def named(argument: ast.expr, path: Path) -> str:
    if isinstance(argument, ast.Constant):
        return argument.value
    if isinstance(argument, ast.Name):
        module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
        return getattr(import_module(module), argument.id, argument.id)
    return ast.unparse(argument)


def nudged_by_all() -> set[str]:
    return set().union(*(nudged(path) for folder in APPS for path in sources(folder)))


def test_every_name_that_is_nudged_is_a_task():
    assert nudged_by_all() >= {"outbox.send_due", "reports.dispatch_due", "reports.process_photos"}
    assert nudged_by_all() - registered() == set()


def test_every_name_that_is_scheduled_is_a_task():
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert names - registered() == set()


def test_every_task_ends_before_the_broker_hands_it_to_somebody_else():
    app.loader.import_default_modules()
    longest = settings.CELERY_BROKER_TRANSPORT_OPTIONS["visibility_timeout"]
    for name in registered():
        soft = app.tasks[name].soft_time_limit or app.conf.task_soft_time_limit
        hard = app.tasks[name].time_limit or app.conf.task_time_limit
        assert 0 < soft < hard < longest, name


def test_a_turn_of_photos_ends_before_its_time_limit():
    app.loader.import_default_modules()
    longest = processing.LONGEST_TURN + settings.PHOTO_CHILD_LIMITS["wall"] + PATIENCE
    assert longest < app.tasks["reports.process_photos"].soft_time_limit


def test_a_task_that_is_nudged_also_runs_at_every_sweep():
    often = {
        entry["task"]
        for entry in settings.CELERY_BEAT_SCHEDULE.values()
        if entry["schedule"] == settings.SWEEP_SECONDS
    }
    assert nudged_by_all() <= often


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(nudged_by_all()))
def test_a_task_that_begins_can_be_nudged_again(name):
    nudging.broker().set(nudging.pending_key(name), 1, px=nudging.PENDING_MS)
    app.loader.import_default_modules()
    app.tasks[name]()
    assert not nudging.broker().exists(nudging.pending_key(name))
