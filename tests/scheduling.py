"""Which process of the suite runs which test, and the marks of slow folders (``-p
tests.scheduling``). ``TEST_SEED=1 bin/test`` shuffles the tests; another number, another order.
"""

import os
import random

import pytest
from xdist.scheduler import LoadScopeScheduling

# All tests of each of these run in one process, because they share what is slow to start.
TOGETHER = ("tests/faults/", "tests/test_image.py", "tests/procedures/test_demo_cards.py")
MARKS = {"tests/faults/": "faults", "tests/journeys/": "browser"}


class FoldersTogether(LoadScopeScheduling):
    """Hands out single tests, but those of ``TOGETHER`` as a whole and first.

    xdist's own ``loadgroup`` reads a mark that pytest 9.2 no longer shows it.
    """

    def _split_scope(self, nodeid: str) -> str:
        return next((folder for folder in TOGETHER if nodeid.startswith(folder)), nodeid)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # All processes need the same order.
    if seed := os.environ.get("TEST_SEED"):
        random.Random(seed).shuffle(items)
    for item in items:
        for folder, mark in MARKS.items():
            if item.nodeid.startswith(folder):
                item.add_marker(mark)
        # Browser, server and test share the cores with all else. What passes only when it is run
        # again is listed at the end as RERUN: it is to be mended, but it is no fault of a change.
        if "browser" in item.keywords:
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl
def pytest_xdist_make_scheduler(config: pytest.Config, log) -> FoldersTogether:
    return FoldersTogether(config, log)
