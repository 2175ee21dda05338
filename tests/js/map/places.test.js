import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

import { addPlaces } from "../../../static/js/map/places.js";

const URL = "/api/v1/reports/";
const report = (reference, place) => ({ properties: { reference, place } });
const said = (features) => features.map(({ properties }) => properties.place);
let asked;

function answerWith(answer) {
  asked = [];
  globalThis.fetch = async (url) => {
    asked.push(url);
    return answer();
  };
}

beforeEach(() =>
  answerWith(() =>
    Response.json({ features: [report("A", "Zgierska 1"), report("B", "Lutomierska 2")] }),
  ),
);

test("the places of all reports of a popup come by one request", async () => {
  const features = [report("A"), report("B")];
  await addPlaces(features, URL);
  assert.deepEqual(asked, ["/api/v1/reports/?references=A,B"]);
  assert.deepEqual(said(features), ["Zgierska 1", "Lutomierska 2"]);
});

test("what is known already is not asked for again", async () => {
  const features = [report("A", "Zgierska 1")];
  await addPlaces(features, URL);
  assert.deepEqual(asked, []);
  const two = [report("A", "Zgierska 1"), report("B")];
  await addPlaces(two, URL);
  await addPlaces(two, URL);
  assert.deepEqual(asked, ["/api/v1/reports/?references=B"]);
});

test("without the network a popup goes without places, and asks again later", async () => {
  answerWith(() => Promise.reject(new TypeError("offline")));
  const features = [report("A")];
  await addPlaces(features, URL);
  await addPlaces(features, URL);
  assert.deepEqual(said(features), [undefined]);
  assert.equal(asked.length, 2);
});
