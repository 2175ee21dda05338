import assert from "node:assert/strict";
import { test } from "node:test";

import { signedArea } from "../../../static/js/boundaries/plane.js";
import {
  buildTopology,
  featureOf,
  geometriesOf,
  neighboursOf,
  ringsOf,
  sidesOf,
  withFeatures,
} from "../../../static/js/boundaries/topology.js";
import { corner, feature, realDistricts, square, three } from "./squares.js";

const corners = (rings) => rings.flat().map(String).sort();

test("a border that two districts share is one arc", () => {
  const topology = buildTopology([square("a", 0), square("b", 1)]);
  assert.deepEqual(
    sidesOf(topology)
      .map((codes) => codes.join())
      .sort(),
    ["a", "a,b", "b"],
  );
});

test("the real districts keep every digit of every vertex", () => {
  const features = realDistricts();
  const topology = buildTopology(features);
  for (const { properties, geometry } of features) {
    const [rings] = ringsOf(topology, properties.code);
    // A ring may begin elsewhere, and its end is its beginning.
    assert.deepEqual(corners([rings[0].slice(1)]), corners([geometry.coordinates[0].slice(1)]));
  }
});

test("outer rings run counterclockwise and holes clockwise, however they were written", () => {
  const outer = [
    [0, 0],
    [0, 3],
    [3, 3],
    [3, 0],
    [0, 0],
  ];
  const hole = [
    [1, 1],
    [2, 1],
    [2, 2],
    [1, 2],
    [1, 1],
  ];
  const [[first, second]] = ringsOf(buildTopology([feature("a", outer, hole)]), "a");
  assert.ok(signedArea(first) > 0);
  assert.ok(signedArea(second) < 0);
});

test("neighbours share a border and not only a corner", () => {
  const topology = buildTopology([square("a", 0), square("b", 1), square("c", 2, 1)]);
  assert.deepEqual(neighboursOf(topology, "b"), ["a"]);
  assert.deepEqual(neighboursOf(three(), "c").sort(), ["a", "b"]);
});

test("features take the place of districts, and null takes one away", () => {
  const changed = new Map([
    ["a", null],
    ["b", square("b", 1, 0, 1, 3)],
    ["d", square("d", 7)],
  ]);
  const topology = withFeatures(three(), changed);
  assert.deepEqual(
    geometriesOf(topology)
      .map(({ id }) => id)
      .sort(),
    ["b", "c", "d"],
  );
  assert.ok(corners(ringsOf(topology, "b")[0]).includes(String(corner(2, 3))));
  assert.equal(featureOf(topology, "a"), null);
  assert.deepEqual(featureOf(topology, "c").properties, { code: "c", name: "C", borough: "" });
});
