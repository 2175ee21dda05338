"""Few tiles are drawn at once, however many are asked for: the others wait a moment or are told to
come back, and reports come in meanwhile.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

import pytest
import requests

from maps import tiles
from maps.turns import TooBusy, Turns
from tests.faults.test_dispatch import body
from tests.journeys.conftest import site  # noqa: F401
from tests.maps.test_tiles import address

MANY = 60


def held(turns: Turns, number: int) -> list:
    """So many turns, taken and not given back, as those who draw hold them."""
    taken = [turns.take() for _number in range(number)]
    for one in taken:
        one.__enter__()
    return taken


def test_whoever_finds_no_place_to_wait_is_refused_at_once():
    turns = Turns(at_once=2, waiting=0, seconds=60)
    _first, second = held(turns, 2)
    with pytest.raises(TooBusy), turns.take():
        pass
    second.__exit__(None, None, None)
    with turns.take():
        pass


def test_whoever_waits_is_refused_after_a_moment_and_gives_the_place_back():
    turns = Turns(at_once=1, waiting=1, seconds=0.05)
    (first,) = held(turns, 1)
    for _time in range(2):
        begin = time.monotonic()
        with pytest.raises(TooBusy), turns.take():
            pass
        assert time.monotonic() - begin >= 0.05
    first.__exit__(None, None, None)
    with turns.take():
        pass


def drawn_after(turns: Turns, began: threading.Event) -> float:
    """Waits for a turn; seconds until it came."""
    began.set()
    begin = time.monotonic()
    with turns.take():
        return time.monotonic() - begin


def test_a_turn_that_somebody_waits_for_rests_for_as_long_as_it_took():
    turns, began = Turns(at_once=1, waiting=1, seconds=5), threading.Event()
    with ThreadPoolExecutor(1) as pool:
        with turns.take():
            waiting = pool.submit(drawn_after, turns, began)
            began.wait()
            time.sleep(0.3)
        assert waiting.result() >= 0.55


def test_a_turn_that_nobody_waits_for_does_not_rest():
    turns = Turns(at_once=1, waiting=1, seconds=5)
    with turns.take():
        time.sleep(0.3)
    assert drawn_after(turns, threading.Event()) < 0.2


def test_a_turn_that_ends_with_a_fault_is_given_back():
    turns = Turns(at_once=1, waiting=0, seconds=0)
    for _time in range(2):
        with pytest.raises(ZeroDivisionError), turns.take():
            raise ZeroDivisionError


@pytest.mark.django_db
def test_a_tile_without_a_turn_is_refused_with_when_to_come_back(client, monkeypatch):
    monkeypatch.setattr(tiles, "turns", Turns(at_once=1, waiting=0, seconds=0))
    tag = client.get(address(3))["ETag"]
    _drawing = held(tiles.turns, 1)
    answer = client.get(address(3))
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer["Retry-After"] == "1"
    assert answer.json()["code"] == "too_busy"
    # Nothing is drawn for whoever has the tile.
    assert client.get(address(3), headers={"if-none-match": tag}).status_code == 304


def test_a_flood_is_drawn_one_by_one_and_reports_come_in_meanwhile(site, monkeypatch):  # noqa: F811
    lock, drawing, most = threading.Lock(), Counter(), []

    draw = tiles.draw_tile

    def slowly(*asked) -> tuple[bytes, str]:
        with lock:
            drawing["now"] += 1
            most.append(drawing["now"])
        time.sleep(0.05)
        drawn = draw(*asked)
        with lock:
            drawing["now"] -= 1
        return drawn

    monkeypatch.setattr(tiles, "draw_tile", slowly)
    monkeypatch.setattr(tiles, "turns", Turns(at_once=1, waiting=2, seconds=2))
    with ThreadPoolExecutor(MANY) as pool:
        asked = [pool.submit(requests.get, site + address(12), timeout=60) for _n in range(MANY)]
        sent = requests.post(f"{site}/api/v1/reports/", json=body(), timeout=60)
        answers = Counter(one.result().status_code for one in asked)
    assert sent.status_code == HTTPStatus.CREATED
    assert set(most) == {1}
    assert set(answers) <= {200, 204, 503}
    assert answers[200] + answers[204] == len(most) >= 3
    assert answers[503]
