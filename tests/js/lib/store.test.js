import assert from "node:assert/strict";
import { test } from "node:test";

import "../device.js";
import { all, get, put, remove } from "../../../static/js/lib/store.js";

test("what was put is there under its key", async () => {
  await put("drafts", "report", { text: "Dziura" });
  assert.deepEqual(await get("drafts", "report"), { text: "Dziura" });
});

test("the same key holds the newer value only", async () => {
  await put("outgoing", "one", { state: "wait" });
  await put("outgoing", "one", { state: "sent" });
  assert.deepEqual(await all("outgoing"), [{ state: "sent" }]);
  await remove("outgoing", "one");
});

test("what was removed is gone, and nothing else", async () => {
  await put("outgoing", "one", 1);
  await put("outgoing", "two", 2);
  await remove("outgoing", "one");
  assert.deepEqual(await all("outgoing"), [2]);
});

test("an unknown key has no value", async () => {
  assert.equal(await get("drafts", "nothing"), undefined);
});

test("what cannot be kept is said", async () => {
  await assert.rejects(put("drafts", "report", () => {}));
});
