import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { createChallenge, pbkdf2 } from "altcha/lib";
import {
  discardReport,
  hasWaiting,
  heldBy,
  keepReport,
  keptReport,
  keptReports,
  outcome,
  photoFields,
  sendAll,
  sendReport,
} from "../../../static/js/lib/outgoing.js";
import { network } from "../device.js";
import { startPortal } from "../portal.js";

const json = (status, body = {}) => Response.json(body, { status });

let portal;
beforeEach(async () => {
  portal = startPortal();
  network.isOn = true;
  for (const { body } of await keptReports()) await discardReport(body.submission_id);
});

function keep(key, photos = []) {
  const body = { submission_id: key, category: "pothole", description: `Dziura ${key}` };
  return keepReport({ body, photos, label: "Dziura w jezdni" });
}

function loseNetwork() {
  portal.before = () => {
    throw new TypeError("no network");
  };
}

const photo = (text, more = {}) => ({ file: new Blob([text]), description: "", ...more });
const sentKeys = () => portal.reports.map(({ submission_id: key }) => key);

async function challenge() {
  const { deriveKey } = pbkdf2;
  return createChallenge({ algorithm: "PBKDF2/SHA-256", cost: 10, counter: 1, deriveKey });
}

for (const [status, code, expected] of [
  [201, undefined, "sent"],
  [200, undefined, "sent"],
  [429, undefined, "wait"],
  [428, undefined, "wait"],
  [500, undefined, "wait"],
  [503, undefined, "wait"],
  [403, "other_account", "wait"],
  [403, "blocked", "refused"],
  [400, undefined, "refused"],
  [422, "outside_city", "refused"],
  [409, "already_sent", "already"],
]) {
  test(`an answer of ${status} ${code ?? ""} means "${expected}"`, () => {
    assert.equal(outcome(status, code), expected);
  });
}

test("a kept report waits, with the time when it was kept", async () => {
  const before = Date.now();
  await keep("one");
  const { state, at, label } = await keptReport("one");
  assert.equal(state, "wait");
  assert.ok(at >= before && at <= Date.now());
  assert.equal(label, "Dziura w jezdni");
});

test("a report kept twice is one report", async () => {
  await keep("one");
  await keep("one");
  assert.equal((await keptReports()).length, 1);
});

test("a waiting report is sent, and its number is kept", async () => {
  await keep("one");
  await sendAll();
  const { state, reference } = await keptReport("one");
  assert.deepEqual([state, reference], ["sent", "7K3M-94QX-1"]);
});

test("a report that was sent is not sent again", async () => {
  await keep("one");
  await sendAll();
  await sendAll();
  assert.deepEqual(sentKeys(), ["one"]);
});

test("two tabs that send at once send a report once", async () => {
  await keep("one");
  await Promise.all([sendAll(), sendAll()]);
  assert.deepEqual(sentKeys(), ["one"]);
});

test("without a network a report waits on", async () => {
  await keep("one");
  loseNetwork();
  await sendAll();
  assert.equal((await keptReport("one")).state, "wait");
});

test("a device that knows it has no network does not try the next report", async () => {
  await keep("one");
  await keep("two");
  loseNetwork();
  network.isOn = false;
  await sendAll();
  assert.equal(portal.requests.length, 1);
});

test("a report that has to wait does not hold up the next one", async () => {
  await keep("one");
  await keep("two");
  portal.answers = [json(503)];
  await sendAll();
  assert.equal((await keptReport("one")).state, "wait");
  assert.equal((await keptReport("two")).state, "sent");
});

test("a refused report keeps the reason and is not sent again", async () => {
  await keep("one");
  portal.answers = [json(422, { code: "outside_city", detail: "Poza miastem." })];
  await sendAll();
  await sendAll();
  const { state, detail } = await keptReport("one");
  assert.deepEqual([state, detail], ["refused", "Poza miastem."]);
  assert.equal(portal.reports.length, 1);
});

test("a report whose key the portal knows with other words keeps the first number", async () => {
  await keep("one");
  const refusal = { code: "already_sent", reference: "7K3M-94QX-2", detail: "Mamy już inne." };
  portal.answers = [json(409, refusal)];
  await sendAll();
  await sendAll();
  const { state, reference, detail } = await keptReport("one");
  assert.deepEqual([state, reference, detail], ["already", "7K3M-94QX-2", "Mamy już inne."]);
  assert.equal(portal.reports.length, 1);
});

test("a report that is sent again names the same photos", async () => {
  await keep("one", [photo("a")]);
  portal.answers = [json(503)];
  await sendAll();
  // The upload is finished, so the portal has forgotten its address.
  portal.photos.clear();
  portal.photos.set("/api/v1/uploads/other/", { parts: [] });
  await sendAll();
  const [first, second] = portal.reports;
  assert.deepEqual(second.photos, first.photos);
  assert.deepEqual(second, first);
});

test("a report of another account waits until that account is back", async () => {
  await keep("one");
  portal.answers = [json(403, { code: "other_account" })];
  await sendAll();
  assert.equal((await keptReport("one")).state, "wait");
});

test("an answer that is no JSON leaves the report waiting", async () => {
  await keep("one");
  portal.answers = [new Response("<h1>Bad gateway</h1>", { status: 502 })];
  await sendAll();
  assert.equal((await keptReport("one")).state, "wait");
});

test("a report that the portal took counts as sent, even where the answer cannot be read", async () => {
  await keep("one");
  portal.answers = [new Response("", { status: 201 })];
  await sendAll();
  assert.equal((await keptReport("one")).state, "sent");
});

test("the page is told after each report", async () => {
  await keep("one");
  await keep("two");
  const states = [];
  await sendAll(() => states.push(portal.reports.length));
  assert.deepEqual(states, [1, 2]);
});

test("a discarded report is not sent", async () => {
  await keep("one");
  await discardReport("one");
  await sendAll();
  assert.deepEqual(sentKeys(), []);
});

test("a report that is discarded while it is sent stays discarded", async () => {
  await keep("one");
  let discarded;
  portal.before = () => {
    discarded ??= discardReport("one");
  };
  await sendAll();
  await discarded;
  assert.equal(await keptReport("one"), undefined);
});

test("photos go up before the report that names them", async () => {
  await keep("one", [photo("a"), photo("b")]);
  await sendAll();
  assert.deepEqual(portal.reports[0].photos, ["photo-1", "photo-2"]);
});

test("a photo that is up already is not sent again", async () => {
  await keep("one", [photo("a", { id: "photo-9" })]);
  await sendAll();
  assert.deepEqual(portal.requests, ["POST /api/v1/reports/"]);
  assert.deepEqual(portal.reports[0].photos, ["photo-9"]);
});

test("a photo that the portal refuses does not hold the report back", async () => {
  await keep("one", [photo("a"), photo("b")]);
  let isFirst = true;
  portal.before = ({ url }) => {
    if (url !== "/api/v1/uploads/" || !isFirst) return undefined;
    isFirst = false;
    return json(422, { detail: "To nie jest zdjęcie." });
  };
  await sendAll();
  assert.deepEqual(portal.reports[0].photos, ["photo-1"]);
});

test("an upload that was cut off is remembered with the report", async () => {
  await keep("one", [photo("a")]);
  portal.before = ({ method }) => {
    if (method === "PATCH") throw new TypeError("no network");
  };
  await sendAll();
  assert.equal((await keptReport("one")).photos[0].at, "/api/v1/uploads/photo-1/");
});

test("photos that the portal has erased meanwhile go up again", async () => {
  const at = "/api/v1/uploads/photo-9/";
  await keep("one", [photo("a", { id: "photo-9", at })]);
  // The upload is still known as complete, so only a new one brings the photo back.
  portal.photos.set(at, { size: 1, parts: ["a"] });
  portal.answers = [json(422, { code: "unknown_photo" })];
  await sendAll();
  assert.deepEqual(portal.reports.at(-1).photos, ["photo-2"]);
  assert.equal((await keptReport("one")).state, "sent");
});

test("an erased photo whose file is not on the device does not hold the report back", async () => {
  await keep("one", [photo("a", { id: "photo-9", file: null })]);
  portal.answers = [json(422, { code: "unknown_photo" })];
  await sendAll();
  assert.deepEqual(portal.reports.at(-1).photos, []);
  assert.equal((await keptReport("one")).state, "sent");
});

for (const code of ["switched_off", "read_only"]) {
  test(`a report that the portal puts off by ${code} waits, with the portal's words, and goes later`, async () => {
    await keep("one");
    portal.answers = [json(503, { code, detail: "Nie teraz." })];
    await sendAll();
    const { state, held } = await keptReport("one");
    assert.deepEqual([state, held, await hasWaiting()], ["wait", "Nie teraz.", true]);
    await sendAll();
    assert.equal((await keptReport("one")).state, "sent");
    assert.equal(await hasWaiting(), false);
  });
}

test("words of the portal that no longer hold are forgotten", async () => {
  await keep("one");
  portal.answers = [json(503, { code: "read_only", detail: "Przerwa." }), json(503, {})];
  await sendAll();
  await sendAll();
  assert.equal((await keptReport("one")).held, undefined);
});

test("a report whose photo the portal puts off waits with its photo", async () => {
  await keep("one", [photo("dziura")]);
  portal.before = ({ url }) =>
    url === "/api/v1/uploads/" && json(503, { code: "switched_off", detail: "Bez zdjęć." });
  await sendAll();
  const { state, held, photos } = await keptReport("one");
  assert.deepEqual([state, held, photos.length], ["wait", "Bez zdjęć.", 1]);
  assert.equal(portal.reports.length, 0);
});

test("only a portal that takes nothing on purpose holds a report", () => {
  assert.equal(heldBy({ code: "unavailable", detail: "Za chwilę." }), undefined);
  assert.equal(heldBy({}), undefined);
});

test("a report is sent as JSON that asks for JSON", async () => {
  let headers;
  portal.before = (request) => {
    headers = request.headers;
  };
  await sendReport({ submission_id: "one" });
  assert.deepEqual(headers, { "Content-Type": "application/json", Accept: "application/json" });
});

test("a challenge is solved, and the report is sent again with the proof", async () => {
  portal.answers = [json(428, { challenge: await challenge() })];
  const answer = await sendReport({ submission_id: "one" });
  assert.equal(answer.status, 201);
  assert.equal(portal.reports[0].proof, undefined);
  assert.ok(portal.reports[1].proof);
});

test("a challenge that cannot be solved leaves the portal's own answer", async () => {
  portal.answers = [json(428, { challenge: { parameters: { algorithm: "unknown" } } })];
  const answer = await sendReport({ submission_id: "one" });
  assert.equal(answer.status, 428);
  assert.equal(portal.reports.length, 1);
});

test("only photos with words carry a description, without blanks around it", () => {
  const photos = [
    { id: "a", description: " Dziura " },
    { id: "b", description: "  " },
    { id: "c" },
  ];
  assert.deepEqual(photoFields(photos), {
    photos: ["a", "b", "c"],
    photo_descriptions: { a: "Dziura" },
  });
});
