import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { isSlow, shrink, shrunkSize } from "../../../static/js/lib/shrinking.js";

for (const type of ["slow-2g", "2g", "3g"]) {
  test(`a ${type} connection is slow`, () => {
    assert.equal(isSlow({ connection: { effectiveType: type } }), true);
  });
}

test("a 4g connection is not slow", () => {
  assert.equal(isSlow({ connection: { effectiveType: "4g" } }), false);
});

test("who asks the browser to save data has a slow connection", () => {
  assert.equal(isSlow({ connection: { effectiveType: "4g", saveData: true } }), true);
});

test("a browser that says nothing is not taken for slow", () => {
  assert.equal(isSlow({}), false);
});

test("the longer side becomes 2560 pixels, and the shorter one follows", () => {
  assert.deepEqual(shrunkSize({ width: 5120, height: 2000 }), { width: 2560, height: 1000 });
  assert.deepEqual(shrunkSize({ width: 2000, height: 5120 }), { width: 1000, height: 2560 });
});

test("a small picture is not made larger", () => {
  assert.deepEqual(shrunkSize({ width: 800, height: 600 }), { width: 800, height: 600 });
});

test("a small file goes as it is", async () => {
  globalThis.createImageBitmap = mock.fn(async () => null);
  const file = new Blob(["a".repeat(400 * 1024 - 1)]);
  assert.equal(await shrink(file), file);
  assert.equal(createImageBitmap.mock.callCount(), 0);
});

test("a picture that the browser cannot open goes as it is", async () => {
  globalThis.createImageBitmap = async () => {
    throw new DOMException("The source image could not be decoded.", "InvalidStateError");
  };
  const file = new Blob(["a".repeat(500 * 1024)]);
  assert.equal(await shrink(file), file);
});
