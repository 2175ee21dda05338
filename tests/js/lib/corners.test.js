import assert from "node:assert/strict";
import { test } from "node:test";

import { cornersMissing, cornersOf, geometryOf } from "../../../static/js/lib/corners.js";

const A = { lat: 51.1, lng: 19.1 };
const B = { lat: 51.2, lng: 19.2 };
const C = { lat: 51.3, lng: 19.1 };

test("a line holds its corners as longitude and latitude", () => {
  assert.deepEqual(geometryOf([A, B], "line"), {
    type: "LineString",
    coordinates: [
      [19.1, 51.1],
      [19.2, 51.2],
    ],
  });
});

test("an area ends where it begins", () => {
  const { type, coordinates } = geometryOf([A, B, C], "area");
  assert.equal(type, "Polygon");
  assert.equal(coordinates[0].length, 4);
  assert.deepEqual(coordinates[0][3], coordinates[0][0]);
});

test("one corner is no line", () => {
  assert.equal(geometryOf([A], "line"), null);
});

test("two corners are no area", () => {
  assert.equal(geometryOf([A, B], "area"), null);
});

test("a point has no geometry, however many corners are left from before", () => {
  assert.equal(geometryOf([A, B, C], "point"), null);
});

test("corners are rounded to six decimals", () => {
  const [[lng, lat]] = geometryOf([{ lat: 51.12345678, lng: 19.9876543 }, B], "line").coordinates;
  assert.deepEqual([lng, lat], [19.987654, 51.123457]);
});

for (const [shape, corners] of [
  ["line", [A, B]],
  ["area", [A, B, C]],
]) {
  test(`the corners of a stored ${shape} are those that made it`, () => {
    assert.deepEqual(cornersOf(geometryOf(corners, shape)), { shape, corners });
  });
}

test("a line misses corners until it has two, an area until it has three", () => {
  assert.deepEqual([cornersMissing([A], "line"), cornersMissing([A, B], "line")], [1, 0]);
  assert.deepEqual([cornersMissing([A], "area"), cornersMissing([A, B, C], "area")], [2, 0]);
});
