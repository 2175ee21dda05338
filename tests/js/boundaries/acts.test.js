/** Splitting, merging and snapping. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { mergeDistricts } from "../../../static/js/boundaries/merging.js";
import { areaOf } from "../../../static/js/boundaries/plane.js";
import { findTarget, snapVertex } from "../../../static/js/boundaries/snapping.js";
import { splitDistrict } from "../../../static/js/boundaries/splitting.js";
import {
  buildTopology,
  featureOf,
  geometriesOf,
  neighboursOf,
  ringsOf,
} from "../../../static/js/boundaries/topology.js";
import {
  isJunction,
  removeVertex,
  vertexAt,
  verticesOf,
} from "../../../static/js/boundaries/vertices.js";
import { corner, feature, square, three } from "./squares.js";

const NEW = { code: "new", name: "Nowe", borough: "" };
const SQUARE = 1e-6;
const line = (...places) => places.map(([column, row]) => corner(column, row));
const areaIn = (topology, code) => areaOf(ringsOf(topology, code)) / SQUARE;
const near = (one, other) => assert.ok(Math.abs(one - other) < 1e-3, `${one} is not ${other}`);
const has = (topology, code, position) =>
  ringsOf(topology, code)
    .flat(2)
    .some((one) => String(one) === String(position));

test("a line splits a district, and the smaller part gets the new code", () => {
  const { topology, codes } = splitDistrict(three(), "a", line([0.3, -1], [0.3, 3]), NEW);
  near(areaIn(topology, "new"), 0.3);
  near(areaIn(topology, "a"), 0.7);
  assert.deepEqual(featureOf(topology, "new").properties, NEW);
  assert.deepEqual(codes, ["a", "c", "new"]);
});

test("the neighbour gets the corner where the line meets it", () => {
  const { topology } = splitDistrict(three(), "a", line([0.3, -1], [0.3, 3]), NEW);
  assert.ok(has(topology, "c", corner(0.3, 1)));
  assert.deepEqual(neighboursOf(topology, "new").sort(), ["a", "c"]);
});

test("the other side may be chosen", () => {
  const { topology } = splitDistrict(three(), "a", line([0.3, -1], [0.3, 3]), NEW, "right");
  near(areaIn(topology, "new"), 0.7);
});

test("a line from corner to corner needs no new vertex", () => {
  const { topology, codes } = splitDistrict(three(), "c", line([0, 1], [2, 2]), NEW);
  assert.deepEqual(codes, ["c", "new"]);
  near(areaIn(topology, "new") + areaIn(topology, "c"), 2);
  assert.equal(verticesOf(topology, "new").length, 3);
});

test("a bent line keeps its bends on both sides", () => {
  const { topology } = splitDistrict(
    three(),
    "c",
    line([1, 1], [0.5, 1.5], [1.5, 1.7], [1, 2]),
    NEW,
  );
  for (const code of ["c", "new"]) assert.ok(has(topology, code, corner(1.5, 1.7)));
  near(areaIn(topology, "new") + areaIn(topology, "c"), 2);
});

test("a line that leaves and comes back gives each side all of its pieces", () => {
  // "a" has the shape of a U; the line cuts both of its arms.
  const u = [
    [0, 0],
    [3, 0],
    [3, 3],
    [2, 3],
    [2, 1],
    [1, 1],
    [1, 3],
    [0, 3],
    [0, 0],
  ];
  const topology = buildTopology([feature("a", u)]);
  const split = splitDistrict(topology, "a", line([-1, 2], [4, 2]), NEW);
  assert.equal(ringsOf(split.topology, "new").length, 2);
  near(areaIn(split.topology, "new"), 2);
  near(areaIn(split.topology, "a"), 5);
});

test("a line through a hole splits the ring around it", () => {
  const outer = [
    [0, 0],
    [3, 0],
    [3, 3],
    [0, 3],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
    [1, 1],
  ];
  const topology = buildTopology([feature("a", outer, hole), square("island", 1, 1)]);
  const split = splitDistrict(topology, "a", line([-1, 1.4], [4, 1.4]), NEW);
  near(areaIn(split.topology, "new") + areaIn(split.topology, "a"), 8);
  near(areaIn(split.topology, "new"), 3 * 1.4 - 0.4);
  assert.ok(has(split.topology, "island", corner(1, 1.4)));
});

test("a line with one piece on both of its sides divides nothing", () => {
  // It cuts the left arm of a U on its way east, and the right arm on its way back.
  const u = [
    [0, 0],
    [3, 0],
    [3, 3],
    [2, 3],
    [2, 1],
    [1, 1],
    [1, 3],
    [0, 3],
    [0, 0],
  ];
  const topology = buildTopology([feature("a", u)]);
  const way = line([-1, 2], [1.3, 2], [1.3, 4], [4, 4], [4, 2.5], [1.6, 2.5]);
  assert.equal(splitDistrict(topology, "a", way, NEW).refused, "unsplit");
});

test("a hole beside the line stays in its part", () => {
  const outer = [
    [0, 0],
    [3, 0],
    [3, 3],
    [0, 3],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [1, 2],
    [2, 2],
    [2, 1],
    [1, 1],
  ];
  const topology = buildTopology([feature("a", outer, hole)]);
  const split = splitDistrict(topology, "a", line([0.5, -1], [0.5, 4]), NEW);
  near(areaIn(split.topology, "new"), 1.5);
  near(areaIn(split.topology, "a"), 6.5);
  assert.equal(ringsOf(split.topology, "a")[0].length, 2);
});

for (const [why, refused, ...places] of [
  ["an end within", "short", [0.5, -1], [0.5, 0.5]],
  ["no way through the district", "missed", [5, -1], [5, 4]],
  ["a way along its border", "missed", [0, -1], [0, 4]],
  ["a crossing of itself", "line", [0.2, -1], [0.2, 3], [0.8, 0.5], [-1, 0.5]],
]) {
  test(`a line with ${why} splits nothing`, () => {
    assert.equal(splitDistrict(three(), "a", line(...places), NEW).refused, refused);
  });
}

test("merged neighbours are one, and the corner where they met is a vertex like others", () => {
  const { topology, codes } = mergeDistricts(three(), "a", "b");
  assert.deepEqual(codes, ["a", "b"]);
  assert.deepEqual(
    geometriesOf(topology)
      .map(({ id }) => id)
      .sort(),
    ["a", "c"],
  );
  assert.equal(featureOf(topology, "a").properties.name, "A");
  near(areaIn(topology, "a"), 2);
  const met = vertexAt(topology, corner(1, 1));
  assert.ok(!isJunction(topology, met));
  assert.deepEqual(removeVertex(topology, met).codes, ["a", "c"]);
});

test("what lies within a ring fills it when merged", () => {
  const outer = [
    [0, 0],
    [3, 0],
    [3, 3],
    [0, 3],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
    [1, 1],
  ];
  const { topology } = mergeDistricts(
    buildTopology([feature("a", outer, hole), square("b", 1, 1)]),
    "a",
    "b",
  );
  assert.equal(ringsOf(topology, "a")[0].length, 1);
  near(areaIn(topology, "a"), 9);
});

test("those who are no neighbours stay apart", () => {
  const topology = buildTopology([square("a", 0), square("b", 5)]);
  assert.equal(mergeDistricts(topology, "a", "b").refused, "strangers");
});

test("split and merged again is what it was", () => {
  const before = three();
  const split = splitDistrict(before, "c", line([1, 1], [1, 2]), NEW);
  const { topology } = mergeDistricts(split.topology, "c", "new");
  near(areaIn(topology, "c"), areaIn(before, "c"));
});

test("a vertex snaps onto a corner of a neighbour beyond a gap, and both share it", () => {
  const before = buildTopology([square("a", 0), square("b", 1.05)]);
  const vertex = vertexAt(before, corner(1, 0));
  const target = findTarget(before, vertex, corner(1.04, 0), 3e-5);
  assert.deepEqual(target, { at: corner(1.05, 0) });
  const { topology, codes } = snapVertex(before, vertex, target);
  assert.deepEqual(codes, ["a"]);
  assert.ok(has(topology, "a", corner(1.05, 0)));
  const next = vertexAt(topology, corner(1, 1));
  const both = snapVertex(topology, next, findTarget(topology, next, corner(1.05, 1), 3e-5));
  assert.deepEqual(neighboursOf(both.topology, "a"), ["b"]);
});

test("a vertex snaps onto an edge, which gets it as a vertex", () => {
  const before = buildTopology([square("a", 0), square("b", 1.05, -1, 1, 3)]);
  const vertex = vertexAt(before, corner(1, 0));
  const target = findTarget(before, vertex, corner(1.04, 0.1), 3e-5);
  const { topology, codes } = snapVertex(before, vertex, target);
  assert.deepEqual(codes, ["a", "b"]);
  for (const code of codes) assert.ok(has(topology, code, corner(1.05, 0.1)));
});

test("nothing of its own districts attracts a vertex", () => {
  const topology = three();
  const vertex = vertexAt(topology, corner(1, 1));
  assert.equal(findTarget(topology, vertex, corner(1, 0.1), 1), null);
});
