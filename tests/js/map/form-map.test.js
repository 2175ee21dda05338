import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { createFormMap } from "../../../static/js/map/form-map.js";

// No page and no Leaflet: the map cannot be had.
function mapThatFails(onMove = () => {}) {
  const element = { dataset: {} };
  const map = createFormMap(element, { label: "Pinezka", onMove });
  return { element, map };
}

test("without a map the pin stands in the form", async () => {
  const onMove = mock.fn();
  const { map } = mapThatFails(onMove);
  await assert.rejects(map.drawn);
  map.movePin({ lat: 51.7, lng: 19.4 });
  map.movePin({ lat: 51.8, lng: 19.4 }, false);
  assert.deepEqual(
    onMove.mock.calls.map((call) => call.arguments),
    [
      [{ lat: 51.7, lng: 19.4 }, true],
      [{ lat: 51.8, lng: 19.4 }, false],
    ],
  );
});

test("without a map nothing else that is asked of it fails", async () => {
  const { map } = mapThatFails();
  await assert.rejects(map.drawn);
  map.stepPin([10, 0]);
  map.showExtent([], false);
  map.showOthers([]);
  map.selectDistrict(null);
  map.showDistrict("katedralna");
  map.showSides(null, "");
});

test("a pin that cannot be set on a map is not said to be ready", async () => {
  const { element, map } = mapThatFails();
  await assert.rejects(map.drawn);
  assert.equal(element.dataset.pinReady, undefined);
});
