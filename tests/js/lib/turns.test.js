import assert from "node:assert/strict";
import { test } from "node:test";

import { inTurns } from "../../../static/js/lib/turns.js";

test("everything is done, in its order", async () => {
  const done = [];
  await inTurns([1, 2, 3, 4, 5], 2, (item) => done.push(item));
  assert.deepEqual(done, [1, 2, 3, 4, 5]);
});

test("between two turns others come first", async () => {
  const done = [];
  setTimeout(() => done.push("a finger"));
  await inTurns([1, 2, 3], 2, (item) => done.push(item));
  assert.deepEqual(done, [1, 2, "a finger", 3]);
});

test("what is no longer wanted is not gone on with", async () => {
  const done = [];
  await inTurns(
    [1, 2, 3],
    1,
    (item) => done.push(item),
    () => done.length < 2,
  );
  assert.deepEqual(done, [1, 2]);
});
