import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { PutOff, Refused, TooSlow, upload } from "../../../static/js/lib/uploading.js";
import { startPortal } from "../portal.js";

const URL = "/api/v1/uploads/";
const PART = 512 * 1024;
const FILE = new Blob(["a".repeat(PART), "b".repeat(PART), "c".repeat(10)]);

let portal;
beforeEach(() => {
  portal = startPortal();
});

const content = (address) => portal.photos.get(address).parts.join("");

async function cutOffAfterFirstPart() {
  let address;
  portal.before = ({ method, headers }) => {
    const isLater = method === "PATCH" && headers["Upload-Offset"] !== "0";
    if (isLater) throw new TypeError("no network");
  };
  const onAt = (at) => {
    address = at;
  };
  await assert.rejects(upload(FILE, { url: URL, onAt }), TypeError);
  portal.before = () => undefined;
  portal.requests.length = 0;
  return address;
}

test("a photo arrives whole and in parts, and its id is told", async () => {
  const id = await upload(FILE, { url: URL });
  assert.equal(id, "photo-1");
  assert.equal(content("/api/v1/uploads/photo-1/"), await FILE.text());
  assert.equal(portal.photos.get("/api/v1/uploads/photo-1/").parts.length, 3);
});

test("the portal is told the size before the first part", async () => {
  await upload(FILE, { url: URL });
  assert.equal(portal.photos.get("/api/v1/uploads/photo-1/").size, FILE.size);
});

test("progress is told after each part", async () => {
  const progress = [];
  await upload(FILE, { url: URL, onProgress: (part) => progress.push(part) });
  assert.deepEqual(progress, [PART / FILE.size, (2 * PART) / FILE.size, 1]);
});

test("an upload that was cut off goes on where it stopped", async () => {
  const address = await cutOffAfterFirstPart();
  await upload(FILE, { url: URL, at: address });
  assert.deepEqual(portal.requests, [`HEAD ${address}`, `PATCH ${address}`, `PATCH ${address}`]);
  assert.equal(content(address), await FILE.text());
});

test("an upload that goes on does not tell a new address", async () => {
  const address = await cutOffAfterFirstPart();
  const onAt = mock.fn();
  await upload(FILE, { url: URL, at: address, onAt });
  assert.equal(onAt.mock.callCount(), 0);
});

test("an upload that the portal has forgotten begins anew", async () => {
  const id = await upload(FILE, { url: URL, at: "/api/v1/uploads/forgotten/" });
  assert.equal(id, "photo-1");
  assert.equal(content("/api/v1/uploads/photo-1/"), await FILE.text());
});

test("a part whose answer got lost is not sent twice", async () => {
  let isLost = false;
  portal.before = ({ method, url, body }) => {
    if (method !== "PATCH" || isLost) return undefined;
    isLost = true;
    // The part arrived, yet the device sends it again.
    portal.photos.get(url).parts.push("a".repeat(body.size));
    return undefined;
  };
  await upload(FILE, { url: URL });
  assert.equal(content("/api/v1/uploads/photo-1/"), await FILE.text());
});

test("a photo that the portal refuses is refused with its reason", async () => {
  portal.before = () => Response.json({ detail: "To nie jest zdjęcie." }, { status: 422 });
  await assert.rejects(upload(FILE, { url: URL }), (fault) => {
    assert.ok(fault instanceof Refused);
    assert.equal(fault.message, "To nie jest zdjęcie.");
    return true;
  });
});

test("a refusal without words has an empty reason", async () => {
  portal.before = () => new Response("<h1>Bad</h1>", { status: 400 });
  await assert.rejects(upload(FILE, { url: URL }), (fault) => {
    assert.ok(fault instanceof Refused);
    assert.equal(fault.message, "");
    return true;
  });
});

for (const status of [404, 429, 500, 503]) {
  test(`an answer of ${status} is no refusal: the photo is sent again later`, async () => {
    portal.before = () => new Response(null, { status });
    await assert.rejects(upload(FILE, { url: URL }), (fault) => !(fault instanceof Refused));
  });
}

// A clock that goes on by so much with each part.
function slowBy(t, milliseconds) {
  t.mock.timers.enable({ apis: ["Date"] });
  portal.before = ({ method }) => {
    if (method === "PATCH") t.mock.timers.tick(milliseconds);
  };
}

test("an impatient upload gives up after a slow first part", async (t) => {
  slowBy(t, 5000);
  await assert.rejects(upload(FILE, { url: URL, impatient: true }), TooSlow);
});

test("an impatient upload goes on while parts are fast", async (t) => {
  slowBy(t, 100);
  assert.equal(await upload(FILE, { url: URL, impatient: true }), "photo-1");
});

test("an impatient upload goes on when only one part is left", async (t) => {
  slowBy(t, 5000);
  const small = FILE.slice(0, PART + 10);
  assert.equal(await upload(small, { url: URL, impatient: true }), "photo-1");
});

test("a patient upload goes on however slow it is", async (t) => {
  slowBy(t, 60_000);
  assert.equal(await upload(FILE, { url: URL }), "photo-1");
});

test("a portal that takes no photos for now says why", async () => {
  portal.before = () =>
    Response.json({ code: "switched_off", detail: "Bez zdjęć." }, { status: 503 });
  await assert.rejects(upload(FILE, { url: URL }), (fault) => {
    assert.ok(fault instanceof PutOff);
    assert.equal(fault.message, "Bez zdjęć.");
    return true;
  });
});

test("an upload can be stopped", async () => {
  const stop = new AbortController();
  portal.before = ({ method, signal }) => {
    if (method === "PATCH") stop.abort();
    signal.throwIfAborted();
  };
  await assert.rejects(upload(FILE, { url: URL, signal: stop.signal }), { name: "AbortError" });
});
