"""A real browser against a real server: Chromium, uvicorn in a thread, no outside network."""

import os
import threading
import time

import pytest
import uvicorn
from django.db import connections
from playwright.sync_api import Browser, BrowserContext, Page, expect

from geo_portal.asgi import application
from tests.faults.machine import free_port
from tests.maps.basemap.made import town_basemap, town_in_force  # noqa: F401

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
# Every window would load pages of Chromium's own menus beside ours. It heeds only the last list of
# features, so what Playwright leaves out is named again.
LEFT_OUT = [
    *("WebUIOmniboxPopup", "WebUIOmniboxAimPopup"),
    *("AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync"),
    *("DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades"),
    *("LensOverlay", "MediaRouter", "NetworkTimeServiceQuerying", "OptimizationHints"),
    *("PaintHolding", "PreconnectToSearch", "ThirdPartyStoragePartitioning", "AimEnabled"),
]
FLAGS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(LEFT_OUT)}",
    # No outside network. A route that aborts would send every request through the test's thread and
    # past the browser's cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]
# Playwright's event loop runs in the thread of the test, and there Django would refuse to query.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture
def site(committed, collected):
    """The address of a portal whose rows the test can see. It ends with the test."""
    port = free_port()
    config = uvicorn.Config(application, port=port, log_level="warning", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join()
    connections.close_all()


@pytest.fixture(params=SIZES)
def screen(request) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture
def visit(browser: Browser, site: str):
    """``visit("/path/", size=…)`` opens a page as a person in Łódź would."""
    contexts: list[BrowserContext] = []

    def open_page(path: str, *, size: tuple[int, int] = SIZES["phone"], **options) -> Page:
        context = browser.new_context(
            base_url=site,
            viewport={"width": size[0], "height": size[1]},
            timezone_id="Europe/Warsaw",
            # A service worker would hide requests from the routes that tests intercept.
            **{"service_workers": "block", "locale": "pl-PL"} | options,
        )
        contexts.append(context)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
