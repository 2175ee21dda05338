/** Whatever is done to the real districts, in whatever order: neighbours keep sharing, and undoing brings all back. */
import assert from "node:assert/strict";
import { test } from "node:test";

import { mergeArcs } from "topojson-client";

import { mergeDistricts } from "../../../static/js/boundaries/merging.js";
import { areaOf } from "../../../static/js/boundaries/plane.js";
import { createSession, doAct, redo, undo } from "../../../static/js/boundaries/session.js";
import { splitDistrict } from "../../../static/js/boundaries/splitting.js";
import {
  buildTopology,
  geometriesOf,
  neighboursOf,
  ringsOf,
  sidesOf,
} from "../../../static/js/boundaries/topology.js";
import {
  insertVertex,
  isOuter,
  moveVertex,
  positionOf,
  removeVertex,
  verticesOf,
} from "../../../static/js/boundaries/vertices.js";
import { dice, realDistricts } from "./squares.js";

const features = realDistricts();
const areaIn = (topology) =>
  geometriesOf(topology).reduce((sum, { id }) => sum + areaOf(ringsOf(topology, id)), 0);
// The rings around all districts: one, as long as there is no slit between any of them.
const outlinesOf = (topology) => mergeArcs(topology, geometriesOf(topology)).arcs.flat();
const drawn = (topology) => {
  const codes = geometriesOf(topology).map(({ id }) => id);
  return JSON.stringify(codes.sort().map((code) => [code, ringsOf(topology, code)]));
};

function anyAct(topology, roll, number) {
  const pick = (list) => list[Math.floor(roll() * list.length)];
  const code = pick(geometriesOf(topology)).id;
  const vertex = pick(verticesOf(topology, code));
  const [lng, lat] = positionOf(topology, vertex);
  const inner = !isOuter(topology, vertex);
  switch (Math.floor(roll() * 5)) {
    case 0:
      return inner
        ? moveVertex(topology, vertex, [lng + roll() * 2e-3 - 1e-3, lat + roll() * 1e-3])
        : {};
    case 1:
      return insertVertex(topology, vertex);
    case 2:
      return inner ? removeVertex(topology, vertex) : {};
    case 3: {
      const angle = roll() * Math.PI;
      const [x, y] = [Math.cos(angle), Math.sin(angle)];
      const line = [
        [lng - x, lat - y],
        [lng + x, lat + y],
      ];
      return splitDistrict(topology, code, line, { code: `new-${number}`, name: "N", borough: "" });
    }
    default:
      return mergeDistricts(topology, code, pick(neighboursOf(topology, code)) ?? code);
  }
}

for (const seed of [1, 2, 3, 4]) {
  test(`any acts keep the ground of the city, and are undone to the last one (${seed})`, async () => {
    const roll = dice(seed);
    const send = async (_entry, revision) => ({ status: "done", revision: revision + 1 });
    const draft = { features, revision: 0, undoable: 0, redoable: 0 };
    const session = createSession({ draft, send, keep() {}, pause: async () => {} });
    const whole = areaIn(session.topology);
    const states = [drawn(session.topology)];
    for (let number = 0; number < 40; number += 1) {
      const result = anyAct(session.topology, roll, number);
      if (!result.topology) continue;
      const before = session.topology;
      doAct(session, "drawn", result);
      states.push(drawn(session.topology));
      assert.ok(Math.abs(areaIn(session.topology) / whole - 1) < 1e-6);
      // Built anew from what the portal gets, it is the same: what was shared is shared.
      const sent = geometriesOf(session.topology).map(({ id, properties }) => ({
        properties: { code: id, ...properties },
        geometry: { type: "MultiPolygon", coordinates: ringsOf(session.topology, id) },
      }));
      const anew = buildTopology(sent);
      for (const codes of sidesOf(anew)) assert.ok(codes.length === 1 || codes.length === 2);
      assert.equal(outlinesOf(anew).length, 1);
      // Those who were not named have not changed.
      for (const { id } of geometriesOf(before)) {
        if (result.codes.includes(id)) continue;
        assert.deepEqual(
          ringsOf(before, id)
            .flat()
            .map((ring) => ring.slice(1).map(String).sort()),
          ringsOf(session.topology, id)
            .flat()
            .map((ring) => ring.slice(1).map(String).sort()),
        );
      }
    }
    assert.ok(states.length > 15);
    for (const expected of states.slice(0, -1).reverse()) {
      await undo(session);
      assert.equal(drawn(session.topology), expected);
    }
    for (const expected of states.slice(1)) {
      await redo(session);
      assert.equal(drawn(session.topology), expected);
    }
  });
}
