/** The category search on what residents type: the examples that it once failed, and the judged list. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { rankCategories } from "../../../static/js/lib/category-search.js";
import { judge, knownCategories } from "../judging.js";

const KNOWN = knownCategories("pl");
const first = (text) => rankCategories(text, KNOWN)[0];

test("'śmieci' finds rubbish first, and no lamp", () => {
  assert.equal(first("śmieci"), "przepelniony-kosz");
  assert.equal(rankCategories("śmieci", KNOWN).includes("latarnia"), false);
});

test("'dzik' finds an animal first, and no pothole", () => {
  assert.equal(first("dzik"), "zwierze");
  assert.equal(rankCategories("dzik", KNOWN).includes("dziura-w-jezdni"), false);
});

test("a letter left out is forgiven", () => {
  assert.equal(first("latrnia"), "latarnia");
  assert.equal(first("przystnek"), "przystanek");
});

for (const part of ["tuned", "held"]) {
  test(`the right category is first for nine of ten texts of the judged list: ${part}`, () => {
    const rows = judge().filter((row) => row.part === part);
    const wrong = rows.filter(({ right, found }) => !right.includes(found[0]));
    assert.ok(rows.length >= 40);
    assert.ok(wrong.length <= rows.length / 10, wrong.map(({ typed }) => typed).join(", "));
  });
}
