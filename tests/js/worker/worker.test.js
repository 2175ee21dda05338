import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { keepReport, keptReport } from "../../../static/js/lib/outgoing.js";
import { network } from "../device.js";
import { startPortal } from "../portal.js";
import { createCaches } from "./caches.js";

const ORIGIN = "https://portal.example";
const STATIC = "/static/build/js/pages/new.1a2b3c.js";
const SETTINGS = {
  release: "r2-pl",
  language: "pl",
  files: [STATIC, "/zgloszenia/nowe/bez-sieci/", "/bez-sieci/", "/api/v1/districts/"],
  renewed: ["/api/v1/districts/"],
  statics: "/static/",
  form: "/zgloszenia/nowe/",
  shell: "/zgloszenia/nowe/bez-sieci/",
  offline: "/bez-sieci/",
};

const handlers = {};
let acts;
globalThis.self = {
  location: new URL(`${ORIGIN}/sw.js`),
  addEventListener: (name, handler) => {
    handlers[name] = handler;
  },
  registration: {},
  skipWaiting: async () => acts.push("skip waiting"),
  clients: { claim: async () => acts.push("claim") },
};
// As a worker resolves addresses: against its own.
const NodeRequest = globalThis.Request;
globalThis.Request = class extends NodeRequest {
  constructor(url, options) {
    super(new URL(url, ORIGIN), options);
  }
};
const { start } = await import("../../../static/js/worker/worker.js");
start(SETTINGS);

let isOnline;
let fetched;
beforeEach(() => {
  acts = [];
  self.registration = { active: { scriptURL: self.location.href } };
  fetched = [];
  isOnline = true;
  globalThis.fetch = async (request) => {
    fetched.push(request);
    if (!isOnline) throw new TypeError("no network");
    return new Response(`from the network: ${new URL(request.url).pathname}`);
  };
  globalThis.caches = createCaches();
});

/** What the browser does with an event: wait for what the handler hands over. */
async function happen(name, more = {}) {
  let result;
  const take = (promise) => {
    result = promise;
  };
  handlers[name]({ waitUntil: take, respondWith: take, ...more });
  return result;
}

async function ask(path, { mode, ...options } = {}) {
  const request = new Request(path, options);
  if (mode) Object.defineProperty(request, "mode", { value: mode });
  const answer = await happen("fetch", { request });
  return answer?.type === "error" ? "error" : answer?.text();
}

const open = (path) => ask(path, { mode: "navigate" });

async function installed() {
  await happen("install");
  fetched.length = 0;
}

test("the files of the form are kept under the name of the release", async () => {
  await happen("install");
  assert.deepEqual(await caches.keys(), ["portal-r2-pl"]);
  const kept = await (await caches.open("portal-r2-pl")).keys();
  assert.deepEqual(
    kept.map(({ url }) => new URL(url).pathname),
    SETTINGS.files,
  );
});

test("pages are kept in the worker's language and made for nobody", async () => {
  await happen("install");
  for (const request of fetched) {
    assert.equal(request.headers.get("Accept-Language"), "pl");
    assert.equal(request.credentials, "omit");
  }
  assert.equal(fetched.length, SETTINGS.files.length);
});

test("a new worker does not wait for the old one to go", async () => {
  await happen("install");
  assert.deepEqual(acts, ["skip waiting"]);
});

test("a worker does not take over before its files are there", async () => {
  isOnline = false;
  await assert.rejects(happen("install"));
  assert.deepEqual(acts, []);
});

test("a worker that becomes active clears the caches of other releases only", async () => {
  await installed();
  await caches.open("portal-r1-pl");
  await caches.open("of somebody else");
  await happen("activate");
  assert.deepEqual(await caches.keys(), ["portal-r2-pl", "of somebody else"]);
  assert.deepEqual(acts.at(-1), "claim");
});

for (const [what, registration] of [
  ["is being installed", { installing: {}, active: { scriptURL: `${ORIGIN}/sw.js` } }],
  ["waits", { waiting: {}, active: { scriptURL: `${ORIGIN}/sw.js` } }],
  ["is active already", { active: { scriptURL: `${ORIGIN}/sw.js?lang=en` } }],
]) {
  test(`a worker leaves the caches alone when another one ${what}`, async () => {
    await installed();
    await caches.open("portal-r2-en");
    self.registration = registration;
    await happen("activate");
    assert.deepEqual(await caches.keys(), ["portal-r2-pl", "portal-r2-en"]);
  });
}

test("a cache that an older worker cleared is filled again", async () => {
  await installed();
  await caches.delete("portal-r2-pl");
  await happen("activate");
  assert.equal((await (await caches.open("portal-r2-pl")).keys()).length, SETTINGS.files.length);
});

test("pages come from the network while it is there", async () => {
  await installed();
  assert.equal(await open("/zgloszenia/nowe/"), "from the network: /zgloszenia/nowe/");
});

test("without a network the form opens from what is kept", async () => {
  await installed();
  isOnline = false;
  assert.equal(await open("/zgloszenia/nowe/"), "from the network: /zgloszenia/nowe/bez-sieci/");
});

test("without a network any other page says so", async () => {
  await installed();
  isOnline = false;
  assert.equal(await open("/status/"), "from the network: /bez-sieci/");
});

test("without a network and without what was kept there is an error, as without a worker", async () => {
  isOnline = false;
  assert.equal(await open("/status/"), "error");
});

test("boundaries are kept as they were answered last, not as they were when the worker came", async () => {
  await installed();
  const path = "/api/v1/districts/";
  globalThis.fetch = async () => new Response("another edition");
  assert.equal(await ask(path), "another edition");
  globalThis.fetch = async () => new Response("broken", { status: 500 });
  assert.equal(await ask(path), "broken");
  globalThis.fetch = async () => Promise.reject(new TypeError("no network"));
  assert.equal(await ask(path), "another edition");
});

test("a file whose name tells its content is not asked for again", async () => {
  await installed();
  assert.equal(await ask(STATIC), `from the network: ${STATIC}`);
  assert.equal(fetched.length, 0);
});

test("a kept file that may change is asked for while the network is there", async () => {
  await installed();
  await ask("/api/v1/districts/");
  assert.equal(fetched.length, 1);
});

test("without a network a kept file that may change is the kept one", async () => {
  await installed();
  isOnline = false;
  assert.equal(await ask("/api/v1/districts/"), "from the network: /api/v1/districts/");
});

for (const [what, path, options] of [
  ["what is sent", "/api/v1/districts/", { method: "POST" }],
  ["a file that is not kept", "/static/css/other.css", {}],
  ["a kept address with a question", "/api/v1/districts/?near=1", {}],
  ["another site", "https://tiles.example/api/v1/districts/", {}],
]) {
  test(`${what} is left to the browser`, async () => {
    await installed();
    assert.equal(await ask(path, options), undefined);
  });
}

test("when the network is back, the worker sends what waits", async () => {
  startPortal();
  network.isOn = true;
  await keepReport({ body: { submission_id: "one" }, photos: [], label: "Dziura" });
  await happen("sync", { tag: "outgoing" });
  assert.equal((await keptReport("one")).state, "sent");
});

test("a portal that takes nothing for now is called again: the attempt counts as failed", async () => {
  const portal = startPortal();
  portal.answers = [Response.json({ code: "read_only", detail: "Przerwa." }, { status: 503 })];
  await keepReport({ body: { submission_id: "late" }, photos: [], label: "Dziura" });
  await assert.rejects(happen("sync", { tag: "outgoing" }));
  await happen("sync", { tag: "outgoing" });
  assert.equal((await keptReport("late")).state, "sent");
});

test("a call of another name sends nothing", async () => {
  const { requests } = startPortal();
  await keepReport({ body: { submission_id: "two" }, photos: [], label: "Dziura" });
  await happen("sync", { tag: "another" });
  assert.deepEqual(requests, []);
});
