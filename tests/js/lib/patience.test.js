import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";

import { fetchPatiently } from "../../../static/js/lib/patience.js";

const pauses = [];
const wait = async (milliseconds) => pauses.push(milliseconds);

/** The portal answers so, one after the other, and so for ever at last: `[status, seconds]`. */
function portalAnswers(...answers) {
  let asked = 0;
  return mock.method(globalThis, "fetch", async () => {
    const [status, seconds] = answers[Math.min(asked, answers.length - 1)];
    asked += 1;
    return new Response("", { status, headers: seconds ? { "Retry-After": `${seconds}` } : {} });
  }).mock;
}

beforeEach(() => {
  mock.restoreAll();
  pauses.length = 0;
});

test("a busy portal is asked again when it said, or a little later", async () => {
  const asked = portalAnswers([503, 1], [503, 2], [200]);
  assert.equal((await fetchPatiently("/", {}, wait)).status, 200);
  assert.equal(asked.callCount(), 3);
  assert.ok(pauses[0] >= 1000 && pauses[0] <= 1500);
  assert.ok(pauses[1] >= 2000 && pauses[1] <= 3000);
});

test("it is not asked for ever", async () => {
  const asked = portalAnswers([503, 1]);
  assert.equal((await fetchPatiently("/", {}, wait)).status, 503);
  assert.equal(asked.callCount(), 4);
});

for (const [what, answer] of [
  ["a long pause", [503, 30]],
  ["a pause that is not named", [503]],
  ["another refusal", [429, 1]],
  ["a fault", [500, 1]],
]) {
  test(`${what} is told at once`, async () => {
    const asked = portalAnswers(answer);
    assert.equal((await fetchPatiently("/", {}, wait)).status, answer[0]);
    assert.equal(asked.callCount(), 1);
  });
}

test("what is no longer wanted is not asked for again", async () => {
  const asked = portalAnswers([503, 1]);
  const given = new AbortController();
  const stop = async () => given.abort();
  await assert.rejects(fetchPatiently("/", given, stop), { name: "AbortError" });
  assert.equal(asked.callCount(), 1);
});
