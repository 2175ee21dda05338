import assert from "node:assert/strict";
import { test } from "node:test";

import { stepFrom, stepOfKey } from "../../../static/js/map/steps.js";

const HERE = { lat: 51.765, lng: 19.457 };

// On a sphere, independent of the flat reckoning that is tested.
function metresBetween(one, other) {
  const radians = (degrees) => (degrees * Math.PI) / 180;
  const dLat = radians(other.lat - one.lat);
  const dLng = radians(other.lng - one.lng);
  const part =
    Math.sin(dLat / 2) ** 2 +
    Math.cos(radians(one.lat)) * Math.cos(radians(other.lat)) * Math.sin(dLng / 2) ** 2;
  return 2 * 6_378_137 * Math.asin(Math.sqrt(part));
}

for (const [key, step] of [
  ["ArrowUp", [10, 0]],
  ["ArrowDown", [-10, 0]],
  ["ArrowLeft", [0, -10]],
  ["ArrowRight", [0, 10]],
]) {
  test(`${key} is a step of ten metres`, () => {
    assert.deepEqual(stepOfKey({ key }), step);
  });
}

test("with Shift a step is one metre", () => {
  assert.equal(stepOfKey({ key: "ArrowUp", shiftKey: true })[0], 1);
});

test("with Control a step is a hundred metres", () => {
  assert.equal(stepOfKey({ key: "ArrowUp", ctrlKey: true })[0], 100);
});

test("another key is no step", () => {
  assert.equal(stepOfKey({ key: "Tab" }), null);
});

for (const [name, step, axis] of [
  ["north", [100, 0], "lat"],
  ["east", [0, 100], "lng"],
]) {
  test(`a hundred metres to the ${name} are a hundred metres on the ground`, () => {
    const there = stepFrom(HERE, step);
    assert.ok(there[axis] > HERE[axis]);
    assert.ok(Math.abs(metresBetween(HERE, there) - 100) < 0.1);
  });
}
