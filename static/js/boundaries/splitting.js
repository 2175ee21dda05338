/**
 * A district split by a line. Left of the line is one part and right of it the other; each may be of several pieces.
 * Where the line crosses a border, the district and its neighbour get one new vertex.
 */
import {
  acrossAt,
  areaOf,
  distanceBetween,
  doCross,
  isInside,
  isSame,
  keyOf,
  meeting,
  nearestOn,
  rounded,
  signedArea,
} from "./plane.js";
import { arcsOf, featureOf, ringsOf, sidesOf, withFeatures } from "./topology.js";
import { insertVertex } from "./vertices.js";

// Nearer than this to a vertex (degrees, about 1 cm), the line goes through the vertex.
const TOUCH = 1.5e-7;

/**
 * As the acts in vertices.js, with `sides`: the polygons {left, right} of the line. `line` has two positions or more;
 * `added` is {code, name, borough} of the new district and `side` ("left" or "right"; by default the smaller one) the
 * part that it gets. Refused: "line" (it crosses itself), "short" (an end lies within), "missed", "unsplit".
 */
export function splitDistrict(topology, code, line, added, side = null) {
  if (crossesItself(line)) return { refused: "line" };
  const crossed = withCrossings(topology, code, line);
  const polygons = ringsOf(crossed.topology, code);
  const chains = chainsOf(crossed.line, polygons);
  if (chains.dangling) return { refused: "short" };
  if (!chains.inner.length) return { refused: "missed" };
  const sides = cut(polygons, chains.inner);
  if (!sides) return { refused: "unsplit" };
  const smaller = Math.abs(areaOf(sides.left)) <= Math.abs(areaOf(sides.right)) ? "left" : "right";
  const taken = side ?? smaller;
  const old = featureOf(crossed.topology, code);
  const rest = [...sides[taken === "left" ? "right" : "left"], ...sides.untouched];
  const features = new Map(crossed.codes.map((one) => [one, featureOf(crossed.topology, one)]));
  features.set(code, withCoordinates(old, rest));
  features.set(added.code, { ...withCoordinates(old, sides[taken]), properties: added });
  return {
    topology: withFeatures(crossed.topology, features),
    codes: [...features.keys()].sort(),
    side: taken,
  };
}

const withCoordinates = (feature, coordinates) => ({
  ...feature,
  geometry: { type: "MultiPolygon", coordinates },
});

const segmentsOf = (line) => line.slice(1).map((end, at) => [line[at], end]);

function crossesItself(line) {
  const segments = segmentsOf(line);
  return segments.some((one, at) => segments.slice(at + 1).some((other) => doCross(one, other)));
}

/**
 * The topology with a vertex wherever the line crosses a border of the district, and the line with the same
 * positions. Ends of the line, and vertices, that all but touch become one.
 */
function withCrossings(topology, code, line) {
  const corners = arcsOf(topology, code).flatMap((arc) => topology.arcs[arc]);
  const drawn = line.map(
    (one) =>
      corners.find((corner) => distanceBetween(corner, one, acrossAt(one[1])) < TOUCH) ??
      rounded(one),
  );
  const onLine = segmentsOf(drawn).map(() => []);
  const onArcs = new Map();
  for (const [at, segment] of segmentsOf(drawn).entries()) {
    for (const arc of arcsOf(topology, code)) {
      for (const [index, edge] of segmentsOf(topology.arcs[arc]).entries()) {
        const found = crossing(segment, edge);
        if (!found) continue;
        onLine[at].push(found);
        if (found.isNew) {
          if (!onArcs.has(arc)) onArcs.set(arc, []);
          onArcs.get(arc).push({ index, at: found.at });
        }
      }
    }
  }
  let whole = topology;
  const codes = new Set([code]);
  for (const [arc, places] of onArcs) {
    for (const other of sidesOf(topology)[arc]) codes.add(other);
    // From behind, so that the places before keep their numbers; on one edge by the way from its beginning.
    const along = ({ index, at }) => distanceBetween(topology.arcs[arc][index], at, 1);
    places.sort((one, other) => other.index - one.index || along(other) - along(one));
    for (const { index, at } of places) {
      const inserted = insertVertex(whole, { arc, index }, at);
      if (!inserted.refused) whole = inserted.topology;
    }
  }
  const full = [];
  for (const [at, [start]] of segmentsOf(drawn).entries()) {
    full.push(start, ...onLine[at].sort((a, b) => a.along - b.along).map((one) => one.at));
  }
  full.push(drawn.at(-1));
  return {
    topology: whole,
    codes: [...codes],
    line: full.filter((one, at) => at === 0 || !isSame(one, full[at - 1])),
  };
}

// Where the segment of the line crosses or touches an edge: {at, along, isNew}; null for nowhere.
function crossing(segment, edge) {
  const across = acrossAt(edge[0][1]);
  for (const corner of edge) {
    const near = nearestOn(segment, corner, across);
    if (near.distance < TOUCH) return { at: corner, along: near.along, isNew: false };
  }
  for (const [along, end] of segment.entries()) {
    if (nearestOn(edge, end, across).distance < TOUCH) return { at: end, along, isNew: true };
  }
  if (!doCross(segment, edge)) return null;
  const met = meeting(segment, edge);
  return met && { at: rounded(met.at), along: met.along, isNew: true };
}

/** The stretches of the line between the borders that lie inside; whether it has ends inside, too. */
function chainsOf(line, polygons) {
  const onBorder = new Set(polygons.flat(2).map(keyOf));
  const edges = new Set(
    polygons
      .flat()
      .flatMap((ring) =>
        segmentsOf(ring).flatMap(([a, b]) => [
          `${keyOf(a)} ${keyOf(b)}`,
          `${keyOf(b)} ${keyOf(a)}`,
        ]),
      ),
  );
  const inner = [];
  let dangling = false;
  let chain = [line[0]];
  const end = () => {
    const [first, second] = chain;
    if (!second || edges.has(`${keyOf(first)} ${keyOf(second)}`)) return;
    const middle = [(first[0] + second[0]) / 2, (first[1] + second[1]) / 2];
    if (!polygons.some((rings) => isInside(rings, middle))) return;
    if (onBorder.has(keyOf(first)) && onBorder.has(keyOf(chain.at(-1)))) inner.push(chain);
    else dangling = true;
  };
  for (const position of line.slice(1)) {
    chain.push(position);
    if (!onBorder.has(keyOf(position))) continue;
    end();
    chain = [position];
  }
  end();
  return { inner, dangling };
}

/** Cuts polygons along chains from border to border: {left, right, untouched}, or null if one side has both. */
function cut(polygons, chains) {
  let pieces = polygons.map((rings) => rings.map((ring) => ring.slice(0, -1)));
  for (const chain of chains) {
    const [a, b] = chain;
    if (isSame(a, chain.at(-1))) return null;
    const middle = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const at = pieces.findIndex((rings) => isInside(rings.map(closed), middle));
    if (at < 0) return null;
    pieces = [...pieces.toSpliced(at, 1), ...cutPolygon(pieces[at], chain)];
  }
  const forth = new Set(chains.flatMap(segmentsOf).map(([a, b]) => `${keyOf(a)} ${keyOf(b)}`));
  const back = new Set(chains.flatMap(segmentsOf).map(([a, b]) => `${keyOf(b)} ${keyOf(a)}`));
  const sides = { left: [], right: [], untouched: [] };
  for (const rings of pieces.map((open) => open.map(closed))) {
    const edges = rings.flatMap(segmentsOf).map(([a, b]) => `${keyOf(a)} ${keyOf(b)}`);
    const isLeft = edges.some((edge) => forth.has(edge));
    const isRight = edges.some((edge) => back.has(edge));
    if (isLeft && isRight) return null;
    sides[isLeft ? "left" : isRight ? "right" : "untouched"].push(rings);
  }
  return sides.left.length && sides.right.length ? sides : null;
}

const closed = (ring) => [...ring, ring[0]];

// Rings are open here, the outer one first.
function cutPolygon(rings, chain) {
  const [start, end] = [chain[0], chain.at(-1)];
  const first = rings.findIndex((ring) => ring.some((one) => isSame(one, start)));
  const second = rings.findIndex((ring) => ring.some((one) => isSame(one, end)));
  const others = rings.filter((_ring, at) => at !== first && at !== second);
  const back = chain.toReversed();
  if (first !== second) {
    // The line joins two rings into one, which a later stretch will cut.
    const joined = [
      ...fromTo(rings[first], start, start),
      ...chain.slice(0, -1),
      ...fromTo(rings[second], end, end),
      ...back.slice(0, -1),
    ];
    return [
      first === 0 || second === 0 ? [joined, ...others] : [others[0], joined, ...others.slice(1)],
    ];
  }
  const halves = [
    [...fromTo(rings[first], start, end), ...back.slice(0, -1)],
    [...fromTo(rings[first], end, start), ...chain.slice(0, -1)],
  ];
  const [outers, holes] = [[], first === 0 ? others : others.slice(1)];
  for (const half of halves) {
    if (signedArea(closed(half)) > 0) outers.push(half);
    else holes.push(half);
  }
  if (first !== 0) outers.push(rings[0]);
  // A hole goes to the smallest piece around it.
  outers.sort((one, other) => signedArea(closed(one)) - signedArea(closed(other)));
  const pieces = outers.map((outer) => [outer]);
  for (const hole of holes) {
    const inner = pieces.find(([outer]) =>
      hole.some((corner) => isInside([closed(outer)], corner)),
    );
    (inner ?? pieces.at(-1)).push(hole);
  }
  return pieces;
}

// The corners of an open ring from one to another, the last one left out; all of them where both are the same.
function fromTo(ring, from, to) {
  const at = ring.findIndex((one) => isSame(one, from));
  const turned = [...ring.slice(at), ...ring.slice(0, at)];
  const until = turned.findIndex((one, place) => place > 0 && isSame(one, to));
  return until < 0 ? turned : turned.slice(0, until);
}
