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
