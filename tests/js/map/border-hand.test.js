import assert from "node:assert/strict";
import { test } from "node:test";

import { buildTopology } from "../../../static/js/boundaries/topology.js";
import { positionOf } from "../../../static/js/boundaries/vertices.js";
import { codeAt, findHandle } from "../../../static/js/map/border-hand.js";
import { labelPlace, screenOf, worldOf } from "../../../static/js/map/projecting.js";
import { corner, feature, square } from "../boundaries/squares.js";

const topology = buildTopology([square("a", 0), square("b", 1)]);
const place = ([x, y]) => ({ x, y });

// A map that shows both squares; a side is about 93 pixels wide.
function viewAt(zoom) {
  const scale = 2 ** zoom;
  const [west, north] = worldOf(corner(-1, 2));
  return { scale, west: west * scale, north: north * scale, width: 400, height: 500 };
}

const view = viewAt(17);
const at = (column, row) => screenOf(view, corner(column, row));

test("east lies to the right and north above", () => {
  const [[left, low], [right, high]] = [at(0, 0), at(1, 1)];
  assert.ok(right > left + 50 && high < low - 50);
});

test("a vertex of the chosen district is taken within reach", () => {
  const [x, y] = at(1, 1);
  const found = findHandle(view, topology, "a", place([x + 6, y - 6]), 10);
  assert.deepEqual(positionOf(topology, found.vertex), corner(1, 1));
  assert.equal(findHandle(view, topology, "a", place([x + 9, y - 9]), 10), null);
});

test("a vertex of another district is not taken", () => {
  assert.equal(findHandle(view, topology, "a", place(at(2, 1)), 10), null);
});

test("in the middle of a long edge, a new vertex is pulled out", () => {
  const found = findHandle(view, topology, "a", place(at(0.5, 0)), 10);
  assert.ok(found.edge);
  assert.equal(found.vertex, undefined);
});

test("a short edge has no middle", () => {
  const far = viewAt(15);
  const middle = place(screenOf(far, corner(0.5, 0)));
  assert.equal(findHandle(far, topology, "a", middle, 3), null);
});

test("what is out of view is not looked at", () => {
  const away = { ...view, west: view.west + 4000 };
  assert.equal(findHandle(away, topology, "a", place(screenOf(away, corner(1, 1))), 10), null);
});

test("a press finds the district around it", () => {
  const [lng, lat] = corner(1.5, 0.5);
  assert.equal(codeAt(topology, { lat, lng }), "b");
  assert.equal(codeAt(topology, { lat, lng: lng + 1 }), null);
});

test("a name stands in the middle of the largest part", () => {
  const small = feature("x", [
    [5, 5],
    [5.1, 5],
    [5.1, 5.1],
    [5, 5],
  ]).geometry.coordinates;
  const large = square("y", 0).geometry.coordinates;
  const { at: middle, wide } = labelPlace([small, large]);
  const expected = corner(0.5, 0.5);
  for (const axis of [0, 1]) assert.ok(Math.abs(middle[axis] - expected[axis]) < 1e-9);
  assert.ok(Math.abs(wide - 0.001) < 1e-9);
});
