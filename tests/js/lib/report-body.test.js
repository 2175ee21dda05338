import assert from "node:assert/strict";
import { test } from "node:test";

import {
  answersFrom,
  isWorthKeeping,
  placeFields,
  reportFrom,
} from "../../../static/js/lib/report-body.js";

const field = (name, value, more = {}) => ({ name, value, type: "text", checked: false, ...more });

test("a pin becomes a GeoJSON point, the longitude first", () => {
  assert.deepEqual(placeFields({ extent: "", lat: "51.765", lon: "19.457" }), {
    location: { type: "Point", coordinates: [19.457, 51.765] },
  });
});

test("a line or an area stands in place of the pin", () => {
  const extent = { type: "LineString", coordinates: [] };
  assert.deepEqual(placeFields({ extent: JSON.stringify(extent), lat: "51", lon: "19" }), {
    extent,
  });
});

test("without a pin there is no place", () => {
  assert.deepEqual(placeFields({ extent: "", lat: "", lon: "" }), {});
});

test("an answer in words is named by the code of its question", () => {
  assert.deepEqual(answersFrom([field("answer-depth", "10 cm")]), { depth: "10 cm" });
});

test("only the chosen one of several buttons is the answer", () => {
  const fields = [
    field("answer-side", "left", { type: "radio" }),
    field("answer-side", "right", { type: "radio", checked: true }),
  ];
  assert.deepEqual(answersFrom(fields), { side: "right" });
});

test("a question with buttons that nobody pressed has no answer", () => {
  assert.deepEqual(answersFrom([field("answer-side", "left", { type: "radio" })]), {});
});

test("ticked boxes make a list", () => {
  const box = (value, checked) => field("answer-seen", value, { type: "checkbox", checked });
  const fields = [box("morning", true), box("noon", false), box("evening", true)];
  assert.deepEqual(answersFrom(fields), { seen: ["morning", "evening"] });
});

test("boxes of which none is ticked make an empty list", () => {
  assert.deepEqual(answersFrom([field("answer-seen", "noon", { type: "checkbox" })]), { seen: [] });
});

test("a report with a category and three letters is kept for later", () => {
  assert.equal(isWorthKeeping({ category: "pothole", description: " ono " }), true);
});

test("a report without a category is not kept for later", () => {
  assert.equal(isWorthKeeping({ category: "", description: "Dziura" }), false);
});

test("a report of two letters between blanks is not kept for later", () => {
  assert.equal(isWorthKeeping({ category: "pothole", description: " no " }), false);
});

const VALUES = {
  submission_id: "one",
  description: "Dziura",
  extent: "",
  lat: "51.765",
  lon: "19.457",
  place: " Piotrkowska 104 ",
  side: "katedralna",
  accuracy: "12",
  email: "jan@example.com",
  clause: "2.0",
};
const CHOSEN = { category: "pothole", answers: { depth: "10" }, account: "7", consent: true };

test("a report holds all that the form says, and whose it is", () => {
  assert.deepEqual(reportFrom(VALUES, CHOSEN), {
    submission_id: "one",
    category: "pothole",
    description: "Dziura",
    location: { type: "Point", coordinates: [19.457, 51.765] },
    address: "Piotrkowska 104",
    side: "katedralna",
    sent_from: "web",
    answers: { depth: "10" },
    account: "7",
    accuracy: 12,
    email: "jan@example.com",
    consent: true,
    clause: "2.0",
  });
});

test("a report of nobody who is logged in says so", () => {
  assert.equal(reportFrom(VALUES, { ...CHOSEN, account: "" }).account, "");
});

test("a report from a form that the device kept does not say whose it is", () => {
  assert.ok(!("account" in reportFrom(VALUES, { ...CHOSEN, account: undefined })));
});

test("without an address nobody consents, and no accuracy is made up", () => {
  const body = reportFrom({ ...VALUES, email: "", accuracy: "" }, CHOSEN);
  for (const name of ["email", "consent", "clause", "accuracy"]) assert.ok(!(name in body), name);
});
