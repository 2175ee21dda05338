import assert from "node:assert/strict";
import { test } from "node:test";

import { isFound, mostNamedIn } from "../../../static/js/lib/category-search.js";
import { words } from "../../../static/js/lib/matching.js";

const POTHOLE = words("Dziura w jezdni asfalt ulica");
const LAMP = words("Latarnia nie świeci lampa ulica");
const CATEGORIES = new Map([
  ["pothole", POTHOLE],
  ["lamp", LAMP],
]);

test("an empty search finds every category", () => {
  assert.equal(isFound("  ", POTHOLE), true);
});

test("two letters find the words that begin with them", () => {
  assert.equal(isFound("dz", POTHOLE), true);
  assert.equal(isFound("dz", LAMP), false);
});

test("a slip of the finger is forgiven", () => {
  assert.equal(isFound("latarmia", LAMP), true);
});

test("every telling word has to fit", () => {
  assert.equal(isFound("dziura ulica", POTHOLE), true);
  assert.equal(isFound("dziura lampa", POTHOLE), false);
});

test("the category is suggested whose words stand in the description", () => {
  assert.equal(mostNamedIn("Od tygodnia lampa na rogu nie działa.", CATEGORIES), "lamp");
});

test("of two categories the one with more words in the description is suggested", () => {
  assert.equal(mostNamedIn("Ulica bez światła, latarnia zgasła.", CATEGORIES), "lamp");
});

test("of equals the first is suggested", () => {
  assert.equal(mostNamedIn("Nasza ulica", CATEGORIES), "pothole");
});

test("short words suggest nothing", () => {
  assert.equal(mostNamedIn("nie w", CATEGORIES), null);
});

test("a description without a known word suggests nothing", () => {
  assert.equal(mostNamedIn("Proszę o pomoc.", CATEGORIES), null);
});
