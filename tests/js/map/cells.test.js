import assert from "node:assert/strict";
import { test } from "node:test";

import { groupApart, groupByCell } from "../../../static/js/map/cells.js";

const SIZE = 44;

// A map of one pixel a degree at zoom 0, twice as many at each further zoom; north is up.
const mapAt = (zoom) => ({
  project: ([lat, lng]) => ({ x: lng * 2 ** zoom, y: -lat * 2 ** zoom }),
  getZoom: () => zoom,
});

const report = (reference, lng, lat, status = "new") => ({
  geometry: { coordinates: [lng, lat] },
  properties: { reference, status },
});

const groups = (zoom, features) => [...groupByCell(mapAt(zoom), features, SIZE).values()];
const keys = (zoom, features) => [...groupByCell(mapAt(zoom), features, SIZE).keys()];

test("reports in one cell are one group, in the middle of them", () => {
  const [group, ...others] = groups(0, [report("a", 10, 20), report("b", 20, 30)]);
  assert.equal(others.length, 0);
  assert.equal(group.features.length, 2);
  assert.deepEqual(group.latlng, { lat: 25, lng: 15 });
});

test("reports in different cells stay apart, each at its own place", () => {
  const [one, other] = groups(0, [report("a", 10, 20), report("b", 50, 20)]);
  assert.deepEqual(one.latlng, { lat: 20, lng: 10 });
  assert.deepEqual(other.latlng, { lat: 20, lng: 50 });
});

test("places on both sides of nought are not in one cell", () => {
  assert.equal(groups(0, [report("a", -1, -1), report("b", 1, -1)]).length, 2);
});

test("a group falls apart when the map comes nearer", () => {
  const features = [report("a", 10, 20), report("b", 40, 20)];
  assert.equal(groups(0, features).length, 1);
  assert.equal(groups(1, features).length, 2);
});

test("a report that stands alone keeps its key at every zoom", () => {
  const features = [report("a", 10, 20)];
  assert.deepEqual(keys(0, features), keys(3, features));
});

test("a report whose status changed has another key, so that it is drawn anew", () => {
  assert.notDeepEqual(
    keys(0, [report("a", 10, 20, "new")]),
    keys(0, [report("a", 10, 20, "done")]),
  );
});

test("a group that grew has another key, so that its count is drawn anew", () => {
  const two = [report("a", 10, 20), report("b", 11, 20)];
  assert.notDeepEqual(keys(0, two), keys(0, [...two, report("c", 12, 20)]));
});

test("a map without reports has no groups", () => {
  assert.deepEqual(groups(0, []), []);
});

const apart = (zoom, features) => [...groupApart(mapAt(zoom), features, SIZE).values()];

test("two neighbours across the border of their cells are one group, as their marks would touch", () => {
  const [group, ...others] = apart(0, [report("a", 43, -10), report("b", 45, -10)]);
  assert.equal(others.length, 0);
  assert.deepEqual(group.latlng, { lat: -10, lng: 44 });
});

test("no two marks of a crowded map stand nearer than their size", () => {
  const features = Array.from({ length: 400 }, (_nothing, number) =>
    report(`r${number}`, (number * 37) % 500, -((number * 91) % 400)),
  );
  const places = apart(0, features).map(({ latlng: { lat, lng } }) => [lng, -lat]);
  const nearest = Math.min(
    ...places.flatMap(([x, y], place) =>
      places.slice(place + 1).map(([a, b]) => Math.hypot(x - a, y - b)),
    ),
  );
  assert.ok(nearest >= SIZE, `${nearest}`);
  assert.equal(
    apart(0, features).reduce((sum, { features: group }) => sum + group.length, 0),
    400,
  );
});

test("what stands far enough from all others stays alone, with its own key", () => {
  const features = [report("a", 10, -10), report("b", 100, -10)];
  assert.deepEqual([...groupApart(mapAt(0), features, SIZE).keys()].sort(), ["a:new", "b:new"]);
});
