"""Whatever is drawn: districts that fit together pass, and one that does not is found."""

import shapely
from hypothesis import given, note, settings
from hypothesis import strategies as st

from districts.editions.fitting import Fit
from districts.editions.found import Found, Severity
from tests.depth import examples
from tests.districts.editions.redrawing import (
    Districts,
    merge,
    move_border,
    real_districts,
    shared_vertices,
    split,
    users_of_vertices,
    with_vertex_moved,
)

REAL = real_districts()
CITY = shapely.coverage_union_all(list(REAL.values()))
MOVABLE = shared_vertices(REAL)
BIG = st.integers(0, 10**9)
# Degrees: up to about a kilometre.
SHIFT = st.tuples(st.floats(-0.01, 0.01), st.floats(-0.01, 0.01))


def errors_in(districts: Districts) -> list[Found]:
    fit = Fit(districts, outline=CITY, covers_city=True)
    return [found for found in fit.find_misfits() if found.severity == Severity.ERROR]


def shifted(vertex, shift):
    return vertex[0] + shift[0], vertex[1] + shift[1]


def redrawn(districts: Districts, step: tuple) -> Districts:
    word, pick, other, shift = step
    vertices = shared_vertices(districts)
    vertex = vertices[pick % len(vertices)]
    if word == "move":
        return move_border(districts, vertex, shifted(vertex, shift))
    if word == "merge":
        return merge(districts, vertex)
    codes = sorted(districts)
    return split(districts, codes[pick % len(codes)], pick // 36, other)


STEP = st.tuples(st.sampled_from(["move", "merge", "split"]), BIG, BIG, SHIFT)


@given(st.lists(STEP, min_size=1, max_size=8))
# Each example takes seconds: some thousand corners are looked at after every step.
@settings(max_examples=examples(10), deadline=None)
def test_after_any_chain_of_splits_merges_and_moves_the_districts_still_fit(steps):
    districts = REAL
    for step in steps:
        districts = redrawn(districts, step)
        note(f"{step[0]}: {len(districts)} districts")
    assert errors_in(districts) == []


@given(st.sampled_from(MOVABLE), BIG, SHIFT.filter(lambda shift: max(map(abs, shift)) > 1e-9))
@settings(max_examples=examples(80), deadline=None)
def test_a_vertex_that_moves_for_one_neighbour_only_is_always_found(vertex, pick, shift):
    users = users_of_vertices(REAL)[vertex]
    code = users[pick % len(users)]
    moved = with_vertex_moved(REAL[code], vertex, shifted(vertex, shift))
    found = errors_in(REAL | {code: moved})
    assert code in {each for one in found for each in one.codes}
