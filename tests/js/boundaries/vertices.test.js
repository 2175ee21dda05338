import assert from "node:assert/strict";
import { test } from "node:test";

import { buildTopology, featureOf, ringsOf } from "../../../static/js/boundaries/topology.js";
import {
  codesAt,
  insertVertex,
  isJunction,
  isOuter,
  moveVertex,
  positionOf,
  removeVertex,
  vertexAt,
  verticesOf,
} from "../../../static/js/boundaries/vertices.js";
import { corner, feature, square, three } from "./squares.js";

const has = (topology, code, position) =>
  ringsOf(topology, code)
    .flat(2)
    .some((one) => String(one) === String(position));
const at = (topology, column, row) => vertexAt(topology, corner(column, row));

test("a shared vertex moves once for all who have it", () => {
  const { topology, codes } = moveVertex(three(), at(three(), 1, 1), corner(1.2, 1.1));
  assert.deepEqual(codes, ["a", "b", "c"]);
  for (const code of codes) {
    assert.ok(has(topology, code, corner(1.2, 1.1)));
    assert.ok(!has(topology, code, corner(1, 1)));
  }
});

test("the topology before stays as it was", () => {
  const before = three();
  const kept = JSON.stringify(before);
  moveVertex(before, at(before, 1, 1), corner(1.2, 1.1));
  removeVertex(before, at(before, 2, 2));
  insertVertex(before, at(before, 2, 2));
  assert.equal(JSON.stringify(before), kept);
});

test("a vertex is kept to a centimetre", () => {
  const { topology } = moveVertex(three(), at(three(), 2, 2), [19.458123456789, 51.77212345678]);
  assert.ok(has(topology, "c", [19.4581235, 51.7721235]));
});

test("a border may not cross another, nor itself", () => {
  assert.equal(moveVertex(three(), at(three(), 1, 1), corner(3, -1)).refused, "crosses");
  assert.equal(moveVertex(three(), at(three(), 2, 2), corner(1, 0.5)).refused, "crosses");
});

test("a border that crosses another already can be mended", () => {
  const faulty = buildTopology([square("a", 0), square("b", 0.9, 0.2)]);
  const moved = moveVertex(faulty, vertexAt(faulty, corner(0.9, 0.2)), corner(1.1, 0.2));
  assert.deepEqual(moved.codes, ["b"]);
});

test("a place that has a vertex gets no second one", () => {
  assert.equal(moveVertex(three(), at(three(), 1, 1), corner(2, 1)).refused, "occupied");
});

test("a new vertex belongs to both sides", () => {
  const before = three();
  const shared = verticesOf(before, "a").find(
    (one) => codesAt(before, one).join() === "a,b,c" && !isOuter(before, one),
  );
  const { topology, codes, vertex } = insertVertex(before, shared);
  assert.equal(codes.length, 2);
  for (const code of codes) assert.ok(has(topology, code, positionOf(topology, vertex)));
});

test("a vertex is removed from both sides", () => {
  const added = insertVertex(three(), at(three(), 1, 0));
  const { topology, codes } = removeVertex(added.topology, added.vertex);
  assert.deepEqual(codes, added.codes);
  for (const code of codes) assert.deepEqual(featureOf(topology, code), featureOf(three(), code));
});

test("where borders meet, no vertex is removed", () => {
  const topology = three();
  assert.ok(isJunction(topology, at(topology, 1, 0)));
  assert.equal(removeVertex(topology, at(topology, 1, 1)).refused, "junction");
});

test("a triangle keeps its corners", () => {
  const triangle = [
    [0, 0],
    [1, 0],
    [0, 1],
    [0, 0],
  ];
  const topology = buildTopology([feature("a", triangle)]);
  for (const vertex of verticesOf(topology, "a")) {
    assert.equal(removeVertex(topology, vertex).refused, "triangle");
  }
});

test("the vertex at which a lone ring begins moves, and is removed, like others", () => {
  const before = buildTopology([square("a", 0)]);
  for (const vertex of verticesOf(before, "a")) {
    assert.ok(!isJunction(before, vertex));
    const moved = moveVertex(before, vertex, corner(-3, -3.5));
    if (!moved.refused) assert.equal(verticesOf(moved.topology, "a").length, 4);
    const { topology } = removeVertex(before, vertex);
    assert.equal(verticesOf(topology, "a").length, 3);
    assert.ok(!has(topology, "a", positionOf(before, vertex)));
    const [[ring]] = ringsOf(topology, "a");
    assert.deepEqual(ring[0], ring.at(-1));
  }
});

test("what lies within a bay is not swallowed when the bay is cut off", () => {
  // A bay of "a" around the tip of "b".
  const a = [
    [0, 0],
    [4, 0],
    [4, 4],
    [2, 1],
    [0, 4],
    [0, 0],
  ];
  const b = [
    [1.9, 2],
    [2.1, 2],
    [2, 1.5],
    [1.9, 2],
  ];
  const topology = buildTopology([feature("a", a), feature("b", b)]);
  assert.equal(removeVertex(topology, at(topology, 2, 1)).refused, "crosses");
  assert.equal(moveVertex(topology, at(topology, 2, 1), corner(2, 3.9)).refused, "crosses");
});

test("the vertices of a district are listed once around, ring by ring", () => {
  const listed = verticesOf(three(), "c").map((one) => String(positionOf(three(), one)));
  assert.equal(listed.length, 5);
  assert.equal(new Set(listed).size, 5);
});
