import assert from "node:assert/strict";
import { test } from "node:test";

import "../device.js";
import {
  forgetDraft,
  forgetSent,
  readDraft,
  writeDraft,
} from "../../../static/js/lib/kept-draft.js";

const DRAFT = { values: { submission_id: "one", description: "Dziura" } };

test("a draft is read as it was written", async () => {
  await writeDraft(DRAFT);
  assert.deepEqual(await readDraft(), DRAFT);
});

test("a forgotten draft is gone", async () => {
  await writeDraft(DRAFT);
  await forgetDraft();
  assert.equal(await readDraft(), undefined);
});

test("the draft of a report that was sent is forgotten", async () => {
  await writeDraft(DRAFT);
  await forgetSent("one");
  assert.equal(await readDraft(), undefined);
});

test("a draft begun after the report was sent stays", async () => {
  await writeDraft(DRAFT);
  await forgetSent("another");
  assert.deepEqual(await readDraft(), DRAFT);
});

test("a report that left no draft is no error", async () => {
  await forgetDraft();
  await forgetSent("one");
  assert.equal(await readDraft(), undefined);
});
