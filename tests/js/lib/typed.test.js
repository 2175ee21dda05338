import assert from "node:assert/strict";
import { test } from "node:test";
import {
  forgetOthers,
  forgetTyped,
  hasTyped,
  keepTyped,
  readTyped,
} from "../../../static/js/lib/typed.js";

/** The tab's storage, as the browser has it. */
function tab(rows = {}) {
  const kept = new Map(Object.entries(rows));
  return {
    get length() {
      return kept.size;
    },
    key: (place) => [...kept.keys()][place] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

const FIELDS = [["status-note", "Jedziemy.", ""]];

test("what was typed reads back", () => {
  const storage = tab();
  keepTyped(storage, "1:7K3M:status", FIELDS);
  assert.deepEqual(readTyped(storage, "1:7K3M:status"), FIELDS);
  assert.deepEqual(readTyped(storage, "1:7K3M:place"), []);
});

test("a form with nothing of one's own keeps nothing", () => {
  const storage = tab();
  keepTyped(storage, "1:7K3M:status", FIELDS);
  keepTyped(storage, "1:7K3M:status", []);
  assert.equal(storage.length, 0);
});

test("whoever logs out leaves nothing, and nothing else is lost", () => {
  const storage = tab({ other: "x" });
  keepTyped(storage, "1:7K3M:status", FIELDS);
  keepTyped(storage, "1:8888:place", FIELDS);
  assert.equal(hasTyped(storage), true);
  forgetTyped(storage);
  assert.equal(hasTyped(storage), false);
  assert.equal(storage.getItem("other"), "x");
});

test("another account finds nothing of the one before", () => {
  const storage = tab();
  keepTyped(storage, "1:7K3M:status", FIELDS);
  keepTyped(storage, "12:7K3M:status", FIELDS);
  forgetOthers(storage, "12");
  assert.deepEqual(readTyped(storage, "1:7K3M:status"), []);
  assert.deepEqual(readTyped(storage, "12:7K3M:status"), FIELDS);
});

test("nor does an account whose number begins the other one's", () => {
  const storage = tab();
  keepTyped(storage, "12:7K3M:status", FIELDS);
  forgetOthers(storage, "1");
  assert.equal(hasTyped(storage), false);
});
