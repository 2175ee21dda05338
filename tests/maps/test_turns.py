"""Few tiles and views of the map are worked on at once, however many are asked for: the others wait
a moment or are told to come back, and reports come in meanwhile.
"""

import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http import HTTPStatus

import pytest
import requests

from maps import data, tiles, turns
from maps.turns import TooBusy, Turns, share_threads
from tests.faults.test_dispatch import body
from tests.journeys.conftest import site  # noqa: F401
from tests.maps.test_tiles import address

MANY = 60
VIEW = "/mapa/dane/?bbox=19.3,51.6,19.7,51.9&zoom=12"


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
    monkeypatch.setattr(tiles, "turns_of_tiles", Turns(at_once=1, waiting=0, seconds=0))
    tag = client.get(address(3))["ETag"]
    _drawing = held(tiles.turns_of_tiles, 1)
    answer = client.get(address(3))
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer["Retry-After"] == "1"
    assert answer.json()["code"] == "too_busy"
    # Nothing is drawn for whoever has the tile.
    assert client.get(address(3), headers={"if-none-match": tag}).status_code == 304


@pytest.mark.django_db
@pytest.mark.parametrize(
    "path", [VIEW, "/mapa/?status=czeka", "/mapa/osadzona/", "/mapa/kanal.atom"]
)
def test_a_view_without_a_turn_is_refused_in_words_with_when_to_come_back(
    client, monkeypatch, path
):
    monkeypatch.setattr(turns, "turns_of_views", Turns(at_once=1, waiting=0, seconds=0))
    with turns.turns_of_views.take():
        answer = client.get(path)
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer["Retry-After"] == "1"
    assert "Za dużo osób i programów korzysta teraz z mapy." in answer.text
    assert client.get(path).status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_whatever_reads_numbers_by_script_is_refused_as_json(client, monkeypatch):
    monkeypatch.setattr(turns, "turns_of_views", Turns(at_once=1, waiting=0, seconds=0))
    with turns.turns_of_views.take():
        assert client.get(VIEW).json()["code"] == "too_busy"


def held_until_refused(turns: Turns) -> list:
    taken: list = []
    with suppress(TooBusy):
        while True:
            taken += held(turns, 1)
    return taken


def test_a_flood_of_tiles_leaves_a_place_to_those_who_look_at_the_map():
    of_tiles, of_views = share_threads(8, tiles=5, views=6)
    drawing = held_until_refused(of_tiles)
    looking = held_until_refused(of_views)
    assert (len(drawing), len(looking)) == (5, 1)


def test_two_threads_are_left_for_what_is_sent():
    of_tiles, of_views = share_threads(8, tiles=3, views=6)
    looking = held_until_refused(of_views)
    drawing = held_until_refused(of_tiles)
    assert (len(drawing), len(looking)) == (0, 6)


def counted(work, most: list[int]):
    """``work``, slowly; ``most`` gets how many do it at once."""
    lock, working = threading.Lock(), Counter()

    def slowly(*asked):
        with lock:
            working["now"] += 1
            most.append(working["now"])
        time.sleep(0.05)
        try:
            return work(*asked)
        finally:
            with lock:
                working["now"] -= 1

    return slowly


@pytest.mark.parametrize(
    ("path", "module", "work", "turns_of"),
    [
        (address(12), tiles, "draw_tile", (tiles, "turns_of_tiles")),
        (VIEW, data, "count_cells", (turns, "turns_of_views")),
    ],
    ids=["tiles", "views"],
)
def test_a_flood_is_answered_one_by_one_and_reports_come_in_meanwhile(
    site,  # noqa: F811
    monkeypatch,
    path,
    module,
    work,
    turns_of,
):
    most: list[int] = []
    monkeypatch.setattr(module, work, counted(getattr(module, work), most))
    monkeypatch.setattr(*turns_of, Turns(at_once=1, waiting=2, seconds=2))
    with ThreadPoolExecutor(MANY) as pool:
        asked = [pool.submit(requests.get, site + path, timeout=60) for _n in range(MANY)]
        sent = requests.post(f"{site}/api/v1/reports/", json=body(), timeout=60)
        answers = Counter(one.result().status_code for one in asked)
    assert sent.status_code == HTTPStatus.CREATED
    assert set(most) == {1}
    assert set(answers) <= {200, 204, 503}
    assert answers[200] + answers[204] == len(most) >= 3
    assert answers[503]
