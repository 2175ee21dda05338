import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import "../device.js";
import { forgetDraft, readDraft, writeDraft } from "../../../static/js/lib/kept-draft.js";
import { putBackIntoForm } from "../../../static/js/lib/mending.js";
import { keepReport, keptReport } from "../../../static/js/lib/outgoing.js";
import { put } from "../../../static/js/lib/store.js";

const BODY = {
  submission_id: "one",
  category: "pothole",
  description: "Dziura przy przejściu.",
  location: { type: "Point", coordinates: [19.457, 51.765] },
  address: "Piotrkowska 104",
  answers: { depth: "10", seen: ["morning", "evening"] },
  accuracy: 12,
  email: "jan@example.com",
  consent: true,
  clause: "2.0",
};

beforeEach(forgetDraft);

async function putBack(body, photos = []) {
  await keepReport({ body, photos, label: "Dziura w jezdni" });
  const isDone = await putBackIntoForm(body.submission_id);
  return { isDone, draft: await readDraft() };
}

test("what was typed is in the form again", async () => {
  const { isDone, draft } = await putBack(BODY);
  assert.equal(isDone, true);
  assert.deepEqual(draft.values, {
    submission_id: "one",
    lat: "51.765",
    lon: "19.457",
    accuracy: "12",
    extent: "",
    place: "Piotrkowska 104",
    description: "Dziura przy przejściu.",
    email: "jan@example.com",
  });
  assert.equal(draft.category, "pothole");
  assert.deepEqual([draft.consent, draft.clause], [true, "2.0"]);
});

test("every answer comes back by the name of its field, several choices one by one", async () => {
  const { draft } = await putBack(BODY);
  assert.deepEqual(draft.answers, [
    ["answer-depth", "10"],
    ["answer-seen", "morning"],
    ["answer-seen", "evening"],
  ]);
});

test("photos come back with their files and words", async () => {
  const photos = [{ name: "a.jpg", id: "photo-1", description: "Dziura" }];
  const { draft } = await putBack(BODY, photos);
  assert.deepEqual(draft.photos, photos);
});

test("an area comes back without a point", async () => {
  const extent = {
    type: "LineString",
    coordinates: [
      [19.4, 51.7],
      [19.5, 51.8],
    ],
  };
  const { location: _, ...body } = BODY;
  const { draft } = await putBack({ ...body, extent });
  assert.deepEqual(JSON.parse(draft.values.extent), extent);
  assert.deepEqual([draft.values.lat, draft.values.lon], ["", ""]);
});

test("what was not given comes back empty", async () => {
  const { email: _e, consent: _c, accuracy: _a, answers: _n, ...body } = BODY;
  const { draft } = await putBack(body);
  assert.deepEqual([draft.values.email, draft.values.accuracy], ["", ""]);
  assert.equal(draft.consent, false);
  assert.deepEqual(draft.answers, []);
});

test("what the portal knows with other words becomes a report of its own", async () => {
  await keepReport({ body: BODY, photos: [], label: "Dziura w jezdni" });
  const entry = await keptReport("one");
  await put("outgoing", "one", { ...entry, state: "already" });
  await putBackIntoForm("one");
  const { values } = await readDraft();
  assert.match(values.submission_id, /^[0-9a-f-]{36}$/);
  assert.equal(values.description, BODY.description);
});

test("the report does not wait any more", async () => {
  await putBack(BODY);
  assert.equal(await keptReport("one"), undefined);
});

test("another draft is left alone, and the report stays", async () => {
  await writeDraft({ values: { description: "Inny szkic" } });
  const { isDone, draft } = await putBack(BODY);
  assert.equal(isDone, false);
  assert.equal(draft.values.description, "Inny szkic");
  assert.ok(await keptReport("one"));
});
