import assert from "node:assert/strict";
import { test } from "node:test";

import { say } from "../../../static/js/lib/words.js";

// The element that the server writes: <template id="form-words" data-say-…>.
const dataset = {
  sayOffline: "Nie ma połączenia.",
  sayCorner: "{number}: {place}, punkt {number}",
  sayCount: "Znaleziono: {count}",
};
globalThis.document = { getElementById: (id) => (id === "form-words" ? { dataset } : null) };

test("a text is found by its name", () => {
  assert.equal(say("offline"), "Nie ma połączenia.");
});

test("every placeholder is filled in, as often as it stands there", () => {
  assert.equal(say("corner", { number: 2, place: "51.77" }), "2: 51.77, punkt 2");
});

test("the number nought is filled in", () => {
  assert.equal(say("count", { count: 0 }), "Znaleziono: 0");
});

test("a placeholder without a value stays, so that it is seen", () => {
  assert.equal(say("count", {}), "Znaleziono: {count}");
});

test("a value that looks like a replacement pattern is taken as it is", () => {
  assert.equal(say("count", { count: "$&" }), "Znaleziono: $&");
});
