import assert from "node:assert/strict";
import { test } from "node:test";

import { fit, words } from "../../../static/js/lib/matching.js";

const KNOWN = words("dziura w jezdni, asfalt, śmieci, oświetlenie");

test("a text is cut into words at everything that is no letter or digit", () => {
  assert.deepEqual(words("Dziura, ul. Łódzka 5/7!"), ["dziura", "ul", "lodzka", "5", "7"]);
});

test("a text without words has none", () => {
  assert.deepEqual(words(" … "), []);
});

test("the beginning of a known word fits", () => {
  assert.equal(fit(["dziu"], KNOWN), 1);
});

test("the middle of a known word does not fit", () => {
  assert.equal(fit(["ziur"], ["dziura"]), 0);
});

test("a word in another grammatical case fits", () => {
  assert.equal(fit(["asfaltu"], KNOWN), 1);
});

test("one wrong letter is forgiven in a word of four letters", () => {
  assert.equal(fit(["dzju"], KNOWN), 1);
});

test("two neighbouring letters that were swapped are one slip", () => {
  assert.equal(fit(["dzuira"], KNOWN), 1);
});

test("no wrong letter is forgiven in a word of three letters", () => {
  assert.equal(fit(["dzj"], KNOWN), 0);
});

test("two wrong letters are too many in a word of seven letters", () => {
  assert.equal(fit(["jezgnja"], ["jezdnia"]), 0);
});

test("two wrong letters are forgiven in a word of eight letters", () => {
  assert.equal(fit(["oswjetla"], ["oswietle"]), 1);
});

test("the share of typed words that fit is counted", () => {
  assert.equal(fit(["dziura", "kotek"], KNOWN), 0.5);
});

test("words of one or two letters say nothing for or against", () => {
  assert.equal(fit(["w", "na", "dziura"], KNOWN), 1);
});

test("nothing but short words fits nothing", () => {
  assert.equal(fit(["w", "na"], KNOWN), 0);
});
