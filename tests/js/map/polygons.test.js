import assert from "node:assert/strict";
import { test } from "node:test";

import { districtAt } from "../../../static/js/map/polygons.js";

const square = (west, south, size) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];

const district = (code, geometry) => ({
  geometry,
  properties: { code, name: `Osiedle ${code}`, borough: "Polesie", label_point: null },
});

const RING = district("ring", {
  type: "Polygon",
  coordinates: [square(0, 0, 10), square(4, 4, 2)],
});
const TWO_PARTS = district("parts", {
  type: "MultiPolygon",
  coordinates: [[square(20, 0, 2)], [square(30, 0, 2)]],
});
const ALL = [RING, TWO_PARTS];

test("a point inside a district names it", () => {
  assert.deepEqual(districtAt(ALL, { lat: 1, lng: 2 }), {
    code: "ring",
    name: "Osiedle ring",
    borough: "Polesie",
  });
});

test("a point in a hole of a district is outside of it", () => {
  assert.equal(districtAt(ALL, { lat: 5, lng: 5 }), null);
});

test("every part of a district in several parts counts", () => {
  assert.equal(districtAt(ALL, { lat: 1, lng: 31 }).code, "parts");
});

test("a point between the parts of a district is outside of it", () => {
  assert.equal(districtAt(ALL, { lat: 1, lng: 25 }), null);
});

test("latitude and longitude are not mixed up", () => {
  assert.equal(districtAt(ALL, { lat: 31, lng: 1 }), null);
});
