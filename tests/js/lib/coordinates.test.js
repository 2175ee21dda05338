import assert from "node:assert/strict";
import { test } from "node:test";

import { readCoordinates } from "../../../static/js/lib/coordinates.js";

const HERE = { lat: 51.7652, lng: 19.4571 };

for (const text of [
  "51.7652, 19.4571",
  "51.7652 19.4571",
  "51.7652;19.4571",
  " 51,7652; 19,4571 ",
  "51,7652, 19,4571",
  "19.4571, 51.7652",
]) {
  test(`"${text}" is a place`, () => {
    assert.deepEqual(readCoordinates(text), HERE);
  });
}

for (const text of [
  "",
  "51.7652",
  "51, 19",
  "Piotrkowska 104",
  "51.7652, 19.4571, 12",
  "151.7, 19.4",
]) {
  test(`"${text}" is no place`, () => {
    assert.equal(readCoordinates(text), null);
  });
}

/** Processor time, in seconds, of reading a text with `length` spaces in the middle. */
function secondsFor(length) {
  const text = `51.7652${" ".repeat(length)}x`;
  const before = process.cpuUsage();
  assert.equal(readCoordinates(text), null);
  return process.cpuUsage(before).user / 1e6;
}

test("the time to read a text grows with its length and no faster", () => {
  const half = Math.min(...[1, 2, 3].map(() => secondsFor(20_000)));
  const whole = Math.min(...[1, 2, 3].map(() => secondsFor(40_000)));
  // Doubling the text doubles the time; the square would quadruple it.
  assert.ok(whole < 3 * half + 0.05, `${half} s, then ${whole} s`);
});
