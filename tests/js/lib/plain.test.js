import assert from "node:assert/strict";
import { test } from "node:test";

import { plain } from "../../../static/js/lib/plain.js";

test("Polish letters are compared without their marks", () => {
  assert.equal(plain("Zażółć gęślą jaźń"), "zazolc gesla jazn");
});

test("the crossed l counts as an l, although it has no mark to take off", () => {
  assert.equal(plain("ŁÓDŹ"), "lodz");
});

test("Ukrainian letters stay letters", () => {
  assert.equal(plain("Вулиця"), "вулиця");
});
