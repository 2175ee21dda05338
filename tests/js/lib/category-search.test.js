import assert from "node:assert/strict";
import { test } from "node:test";

import { knownCategory, rankCategories } from "../../../static/js/lib/category-search.js";

const CATEGORIES = [
  knownCategory("pothole", ["Dziura w jezdni", "asfalt", "ulica"]),
  knownCategory("lamp", ["Latarnia nie świeci", "lampa", "ciemno", "ulica"]),
  knownCategory("dead", ["Martwe zwierzę", "martwy pies"]),
  knownCategory("stray", ["Błąkające się zwierzę", "pies", "dzik"]),
];

test("nothing is found by nothing", () => {
  assert.deepEqual(rankCategories("  ", CATEGORIES), []);
});

test("nothing is found by words that mean nothing", () => {
  assert.deepEqual(rankCategories("xyzzy", CATEGORIES), []);
});

test("two letters find the words that begin with them", () => {
  assert.deepEqual(rankCategories("la", CATEGORIES), ["lamp"]);
});

test("a whole word comes before one that only resembles it", () => {
  const known = [knownCategory("lamp", ["świeci"]), knownCategory("rubbish", ["śmieci"])];
  assert.equal(rankCategories("śmieci", known)[0], "rubbish");
});

test("what is all of a phrase comes before a word of a longer one", () => {
  assert.deepEqual(rankCategories("pies", CATEGORIES), ["stray", "dead"]);
});

test("of equals the most used comes first, whatever its place", () => {
  const of = (uses) => [knownCategory("a", ["kosz"], 1), knownCategory("b", ["kosz"], uses)];
  assert.deepEqual(rankCategories("kosz", of(2)), ["b", "a"]);
  assert.deepEqual(rankCategories("kosz", of(0)), ["a", "b"]);
});

test("use does not lift what fits less", () => {
  const known = [knownCategory("a", ["koszenie"], 1000), knownCategory("b", ["kosz"])];
  assert.equal(rankCategories("kosz", known)[0], "b");
});

test("more of the typed words come before fewer", () => {
  assert.equal(rankCategories("ciemna ulica", CATEGORIES)[0], "lamp");
});

test("a word that few categories know says more than one that many know", () => {
  const known = ["ulica", "ulica", "padlina"].map((word, place) => knownCategory(place, [word]));
  assert.deepEqual(rankCategories("padlina, ulica", known), [2, 0, 1]);
});

test("a word that no category knows does not hide the others", () => {
  assert.deepEqual(rankCategories("zepsuta lampa", CATEGORIES), ["lamp"]);
});

test("what fits much less than the best is left out", () => {
  const known = [knownCategory("a", ["martwy pies"]), knownCategory("b", ["piez"])];
  assert.deepEqual(rankCategories("martwy pies", known), ["a"]);
});

test("words that stand everywhere say nothing beside others", () => {
  assert.deepEqual(rankCategories("nie lampa", CATEGORIES), ["lamp"]);
  assert.deepEqual(rankCategories("się dziura", CATEGORIES), ["pothole"]);
});

test("a description finds what it names, and no slips", () => {
  const text = "Od tygodnia lampa na rogu nie działa.";
  assert.equal(rankCategories(text, CATEGORIES, { slips: false })[0], "lamp");
  assert.deepEqual(rankCategories("Proszę o pomoc.", CATEGORIES, { slips: false }), []);
  assert.deepEqual(rankCategories("lamqa", CATEGORIES, { slips: false }), []);
});
