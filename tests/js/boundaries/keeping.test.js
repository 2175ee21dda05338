import assert from "node:assert/strict";
import { test } from "node:test";

import "../device.js";
import { asGeojson, createKeeping, holdDraft } from "../../../static/js/boundaries/keeping.js";
import { square } from "./squares.js";

const act = (key, ...districts) => ({
  key,
  act: "moved",
  districts,
  before: { a: square("a", 0) },
});

test("what is not sent is kept for this draft and this account, without answers", async () => {
  const mine = createKeeping("next", "7");
  await mine.write([{ ...act("one"), answer: { revision: 4 } }], 3);
  assert.deepEqual(await mine.read(), { queue: [act("one")], revision: 3 });
  assert.equal(await createKeeping("next", "8").read(), undefined);
  assert.equal(await createKeeping("other", "7").read(), undefined);
});

test("once all is sent, or dropped, nothing is kept", async () => {
  const mine = createKeeping("next", "7");
  await mine.write([act("one")], 3);
  await mine.write([], 4);
  assert.equal(await mine.read(), undefined);
  await mine.write([act("one")], 3);
  await mine.forget();
  assert.equal(await mine.read(), undefined);
});

test("what cannot be kept does no harm", async () => {
  await createKeeping("next", "9").write([{ key: () => {} }], 3);
});

test("a file has each district as it was drawn last, and none that went", () => {
  const [first, second] = [square("a", 0, 0, 2).geometry, square("a", 0, 0, 3).geometry];
  const text = asGeojson([
    act("one", { code: "a", geometry: first }, { code: "b", geometry: first }),
    act("two", { code: "a", geometry: second }),
    act("three", { code: "a", name: "Nowa", borough: "" }),
    act("four", { code: "b", geometry: null }),
    act("five", { code: "a", geometry: first }),
    { key: "six", act: "undo" },
  ]);
  assert.deepEqual(JSON.parse(text), {
    type: "FeatureCollection",
    features: [
      { type: "Feature", properties: { code: "a", name: "Nowa", borough: "" }, geometry: second },
    ],
  });
});

test("one tab holds a draft, and the next waits and is told", async () => {
  let told = 0;
  assert.equal(await holdDraft("next", () => (told += 1)), false);
  let got = false;
  holdDraft("next", () => (told += 1)).then(() => (got = true));
  await new Promise(setImmediate);
  assert.deepEqual([told, got], [1, false]);
});
