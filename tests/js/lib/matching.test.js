import assert from "node:assert/strict";
import { test } from "node:test";

import { LIKE, likeness, words } from "../../../static/js/lib/matching.js";

test("a text is cut into words at everything that is no letter or digit", () => {
  assert.deepEqual(words("Dziura, ul. Łódzka 5/7!"), ["dziura", "ul", "lodzka", "5", "7"]);
});

test("a text without words has none", () => {
  assert.deepEqual(words(" … "), []);
});

test("an apostrophe is the same word however it is typed", () => {
  assert.deepEqual(words("бур'яни бур’яни бурʼяни"), ["буряни", "буряни", "буряни"]);
});

test("likenesses are ordered: whole, beginning, inside, another form, a slip", () => {
  const likenesses = ["smieci", "smieciarka", "elektrosmieci", "smiec", "smiexi"].map((known) =>
    likeness("smieci", known),
  );
  assert.deepEqual(likenesses, [LIKE.WHOLE, LIKE.BEGIN, LIKE.INSIDE, LIKE.FORM, LIKE.SLIP]);
  assert.deepEqual(
    likenesses.toSorted((a, b) => b - a),
    likenesses,
  );
});

test("words that have nothing in common are not alike", () => {
  assert.equal(likeness("dzik", "lampa"), 0);
});

test("three letters are not looked for inside of words", () => {
  assert.equal(likeness("gaz", "magazyn"), 0);
});

for (const [typed, known] of [
  ["dziury", "dziura"],
  ["drodze", "droga"],
  ["asfalcie", "asfalt"],
  ["lawek", "lawka"],
  ["lawce", "lawka"],
  ["zwierzeta", "zwierzeciem"],
  ["ями", "яма"],
  ["лавки", "лавка"],
  ["лавок", "лавка"],
  ["potholes", "pothole"],
]) {
  test(`${typed} and ${known} are forms of one word`, () => {
    assert.equal(likeness(typed, known), LIKE.FORM);
  });
}

test("a word that is made of another is no form of it", () => {
  assert.equal(likeness("slupki", "slup"), 0);
});

test("'nie' may be written apart", () => {
  assert.equal(likeness("odsniezone", "nieodsniezony"), LIKE.FORM);
  assert.equal(likeness("nieodsniezone", "odsniezony"), LIKE.FORM);
});

test("'nie' at the beginning of a short word belongs to it", () => {
  assert.equal(likeness("niebo", "bo"), 0);
});

test("one wrong letter is forgiven in a word of four letters", () => {
  assert.equal(likeness("dzju", "dziura"), LIKE.SLIP);
});

test("a letter left out is one slip", () => {
  assert.equal(likeness("latrnia", "latarnia"), LIKE.SLIP);
});

test("a letter too many is one slip", () => {
  assert.equal(likeness("lattarnia", "latarnia"), LIKE.SLIP);
});

test("two neighbouring letters that were swapped are one slip", () => {
  assert.equal(likeness("dzuira", "dziura"), LIKE.SLIP);
});

test("a slip in a word that is not yet typed to its end is forgiven", () => {
  assert.equal(likeness("latrn", "latarnia"), LIKE.SLIP);
});

test("no wrong letter is forgiven in a word of three letters", () => {
  assert.equal(likeness("dzj", "dziura"), 0);
});

test("two wrong letters are too many in a word of seven letters", () => {
  assert.equal(likeness("jezgnja", "jezdnia"), 0);
});

test("two wrong letters are forgiven in a word of eight letters", () => {
  assert.equal(likeness("oswjetlq", "oswietlenie"), LIKE.SLIP);
});

test("three wrong letters are too many in any word", () => {
  assert.equal(likeness("oswjqtlq", "oswietlenie"), 0);
});

test("a known word much shorter than what was typed is not a slip of it", () => {
  assert.equal(likeness("latarnia", "latar"), 0);
});

test("no slip is forgiven where none is asked for", () => {
  assert.equal(likeness("latrnia", "latarnia", { slips: false }), 0);
});
