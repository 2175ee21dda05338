/** Small cities for tests: squares of a thousandth of a degree, and the real districts. */
import { readFileSync } from "node:fs";

import { buildTopology } from "../../../static/js/boundaries/topology.js";

const SIDE = 0.001;
const [WEST, SOUTH] = [19.456, 51.77];

/** The corner that lies so many sides east and north of the south-western one. */
export const corner = (column, row) => [
  Number((WEST + column * SIDE).toFixed(7)),
  Number((SOUTH + row * SIDE).toFixed(7)),
];

export function feature(code, ...rings) {
  const coordinates = rings.map((ring) => ring.map(([column, row]) => corner(column, row)));
  return {
    type: "Feature",
    properties: { code, name: code.toUpperCase(), borough: "" },
    geometry: { type: "Polygon", coordinates },
  };
}

export function square(code, column, row = 0, wide = 1, high = 1) {
  const [east, north] = [column + wide, row + high];
  return feature(code, [
    [column, row],
    [east, row],
    [east, north],
    [column, north],
    [column, row],
  ]);
}

/** Two squares beside each other, and one above both. */
export const three = () =>
  buildTopology([
    square("a", 0),
    square("b", 1),
    feature("c", [
      [0, 1],
      [1, 1],
      [2, 1],
      [2, 2],
      [0, 2],
      [0, 1],
    ]),
  ]);

export function realDistricts() {
  const path = new URL("../../../fixtures/lodz_districts.geojson", import.meta.url);
  return JSON.parse(readFileSync(path)).features;
}

/** Numbers from 0 to below 1, the same in each run. */
export function dice(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
