import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { placeInWords } from "../../../static/js/lib/place-words.js";

const requests = [];
let answers;
beforeEach(() => {
  requests.length = 0;
  answers = [];
  globalThis.fetch = async (url) => {
    requests.push(url);
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
});

const said = (place) => Response.json({ place });

test("a place is asked for with six decimals, and once", async () => {
  answers = [said("Piotrkowska 104, osiedle Katedralna")];
  const place = { lat: 51.7652001234, lng: 19.4571 };
  assert.equal(await placeInWords("/locate/", place), "Piotrkowska 104, osiedle Katedralna");
  assert.equal(await placeInWords("/locate/", place), "Piotrkowska 104, osiedle Katedralna");
  assert.deepEqual(requests, ["/locate/?lat=51.765200&lon=19.457100"]);
});

test("outside the city there are no words", async () => {
  answers = [Response.json({ code: "outside_city" }, { status: 422 })];
  assert.equal(await placeInWords("/locate/", { lat: 50, lng: 19 }), null);
});

test("what failed without a network is asked for again", async () => {
  answers = [new TypeError("no network"), said("osiedle Ruda")];
  const place = { lat: 51.7, lng: 19.4 };
  assert.equal(await placeInWords("/locate/", place), null);
  assert.equal(await placeInWords("/locate/", place), "osiedle Ruda");
});
