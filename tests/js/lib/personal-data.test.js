import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

import {
  findPart,
  findPersonalData,
  namePersonalData,
} from "../../../static/js/lib/personal-data.js";

const TESTS = fileURLToPath(new URL("../..", import.meta.url));
const CASES = JSON.parse(readFileSync(pathOf("personal_data_cases.json"), "utf8"));

// The cases belong to the server's tests, which may keep them in any folder of theirs.
function pathOf(name) {
  const path = readdirSync(TESTS, { recursive: true }).find((one) => one.endsWith(name));
  return join(TESTS, path);
}

// Positions in JavaScript count UTF-16 units; the server counts characters, and so do these tests.
function inCharacters(text) {
  return findPersonalData(text).map(({ kind, start, end }) => [
    kind,
    [...text.slice(0, start)].length,
    [...text.slice(0, end)].length,
  ]);
}

// The cases hold the parts in their order; each begins behind the one before it.
function expectedIn({ text, found }) {
  const characters = [...text];
  let from = 0;
  return found.map(([kind, part]) => {
    const length = [...part].length;
    while (characters.slice(from, from + length).join("") !== part) from += 1;
    const place = [kind, from, from + length];
    from += length;
    return place;
  });
}

for (const one of CASES) {
  test(`the device finds what the server finds in "${one.text.slice(0, 60)}"`, () => {
    assert.deepEqual(inCharacters(one.text), expectedIn(one));
  });
}

test("the cases cover every kind", () => {
  const kinds = new Set(CASES.flatMap(({ found }) => found.map(([kind]) => kind)));
  assert.deepEqual([...kinds].sort(), ["bank_account", "car_plate", "email", "pesel", "phone"]);
});

for (const part of ["1 ", "a.", "501 ", "EL1", "12-", "a@", "(0", "9"]) {
  test(`a long text of "${part}", made to be slow, is read at once`, () => {
    const before = performance.now();
    findPersonalData(part.repeat(4000).slice(0, 4000));
    assert.ok(performance.now() - before < 500);
  });
}

test("what stands in a text twice is named once, in the order of the text", () => {
  assert.deepEqual(namePersonalData("EL 12345, tel. 501 234 567 i znów EL 12345"), [
    { kind: "car_plate", part: "EL 12345" },
    { kind: "phone", part: "501 234 567" },
  ]);
});

test("a part is found wherever it stands, the last place first", () => {
  const text = "EL 12345 i EL 12345, nie WX 12345";
  const places = findPart(text, { kind: "car_plate", part: "EL 12345" });
  assert.deepEqual(
    places.map(({ start }) => start),
    [11, 0],
  );
});

test("a part inside of a longer number is not found", () => {
  assert.deepEqual(findPart("EL 123456", { kind: "car_plate", part: "EL 12345" }), []);
});
