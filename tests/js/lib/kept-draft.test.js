import assert from "node:assert/strict";
import { test } from "node:test";

import "../device.js";
import {
  draftFrom,
  forgetDraft,
  forgetSent,
  isConsentOf,
  ownKey,
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

const EMPTY = [
  ["submission_id", "one"],
  ["lat", ""],
  ["lon", ""],
  ["accuracy", ""],
  ["extent", ""],
  ["place", ""],
  ["description", ""],
  ["email", ""],
];

test("a draft holds all that was typed and chosen: address, answers and consent too", () => {
  const typed = new Map([
    ...EMPTY,
    ["lat", "51.765"],
    ["lon", "19.457"],
    ["accuracy", "12"],
    ["extent", '{"type":"Point"}'],
    ["place", "Piotrkowska 104"],
    ["description", "Dziura"],
    ["email", "jan@example.com"],
  ]);
  const chosen = [
    ["category", "pothole"],
    ["consent", "on"],
    ["clause", "2.0"],
    ["answer-depth", "10"],
    ["answer-seen", "morning"],
    ["answer-seen", "evening"],
    ["csrfmiddlewaretoken", "secret"],
  ];
  const photos = [{ id: "photo-1" }];
  const { at, ...draft } = draftFrom([...typed, ...chosen], photos);
  assert.ok(at);
  assert.deepEqual(draft, {
    values: Object.fromEntries(typed),
    category: "pothole",
    consent: true,
    clause: "2.0",
    answers: chosen.slice(3, 6),
    photos,
  });
});

test("a consent holds only on a form that shows the version to which it was given", () => {
  assert.equal(isConsentOf({ consent: true, clause: "2.0" }, "2.0"), true);
  assert.equal(isConsentOf({ consent: true, clause: "2.0" }, "3.0"), false);
  assert.equal(isConsentOf({ consent: true }, "3.0"), false);
  assert.equal(isConsentOf({ consent: false, clause: "2.0" }, "2.0"), false);
});

for (const [name, value] of [
  ["description", "D"],
  ["lat", "51"],
  ["place", "Piotrkowska"],
]) {
  test(`a form with nothing but ${name} is a draft, and nobody consented in it`, () => {
    const { consent, values } = draftFrom([...EMPTY, [name, value]], []);
    assert.deepEqual([consent, values[name]], [false, value]);
  });
}

test("a form with nothing but a photo is a draft", () => {
  assert.equal(draftFrom(EMPTY, [{}]).photos.length, 1);
});

test("a form in which nothing was typed is no draft", () => {
  assert.equal(draftFrom(EMPTY, []), null);
});

test("of two tabs with one draft, the second sends a report of its own", async () => {
  const first = await ownKey("shared");
  const second = await ownKey("shared");
  assert.equal(first, "shared");
  assert.match(second, /^[0-9a-f-]{36}$/);
  assert.notEqual(await ownKey("shared"), second);
  assert.equal(await ownKey("another"), "another");
});
