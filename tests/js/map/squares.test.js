import assert from "node:assert/strict";
import { test } from "node:test";
import { squareAt, squaresIn } from "../../../static/js/map/squares.js";

const boundsOf = (west, south, east, north) => ({
  getWest: () => west,
  getSouth: () => south,
  getEast: () => east,
  getNorth: () => north,
});

test("the square over the city hall is the one of the usual scheme", () => {
  assert.deepEqual(squareAt(19.4571, 51.7652), [36310, 21716]);
});

test("a view touches the squares from its north-west to its south-east", () => {
  const found = squaresIn(boundsOf(19.4571, 51.7652, 19.4571 + 0.0055, 51.7652 + 0.0034));
  assert.deepEqual(found, ["36310/21715", "36310/21716", "36311/21715", "36311/21716"]);
});

test("places beyond the edge of the world lie in its last square", () => {
  assert.deepEqual(squareAt(-181, 89.9), [0, 0]);
  assert.deepEqual(squareAt(181, -89.9), [65535, 65535]);
});
