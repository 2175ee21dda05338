/**
 * Vertices of a topology. One is {arc, index}; where several arcs end it stands for all of their ends, so whatever
 * happens to it happens to every district that has it.
 *
 * Each act answers {topology, codes}, the new topology and the districts that changed, or {refused} with the reason:
 * "crosses", "occupied" (another vertex is there), "junction" or "triangle".
 */
import { crossesMore, sweepsOver } from "./crossings.js";
import {
  boxOf,
  distanceBetween,
  distanceToBox,
  doMeet,
  isSame,
  keyOf,
  nearestOn,
  rounded,
} from "./plane.js";
import { districtOf, geometriesOf, sidesOf } from "./topology.js";

export const positionOf = ({ arcs }, { arc, index }) => arcs[arc][index];

const endsByArcs = new WeakMap();

// By position, the arcs that end there.
function endsOf({ arcs }) {
  let ends = endsByArcs.get(arcs);
  if (!ends) {
    ends = new Map();
    arcs.forEach((arc, at) => {
      for (const index of [0, arc.length - 1]) {
        const key = keyOf(arc[index]);
        if (!ends.has(key)) ends.set(key, []);
        ends.get(key).push({ arc: at, index });
      }
    });
    endsByArcs.set(arcs, ends);
  }
  return ends;
}

const isEnd = ({ arcs }, { arc, index }) => index === 0 || index === arcs[arc].length - 1;

/** Every {arc, index} that is this vertex. */
export function placesOf(topology, vertex) {
  if (!isEnd(topology, vertex)) return [vertex];
  return endsOf(topology).get(keyOf(positionOf(topology, vertex)));
}

/** Whether borders of three sides meet here. A lone ring begins somewhere, but nothing meets there. */
export function isJunction(topology, vertex) {
  return (
    isEnd(topology, vertex) && new Set(placesOf(topology, vertex).map(({ arc }) => arc)).size > 1
  );
}

/** The vertex at exactly this position, or null. */
export function vertexAt(topology, position) {
  const [end] = endsOf(topology).get(keyOf(position)) ?? [];
  if (end) return end;
  const box = boxOf([position]);
  for (let arc = 0; arc < topology.arcs.length; arc += 1) {
    if (!doMeet(box, boxOf(topology.arcs[arc]))) continue;
    const index = topology.arcs[arc].findIndex((one) => isSame(one, position));
    if (index >= 0) return { arc, index };
  }
  return null;
}

/** Codes of the districts that have this vertex. */
export function codesAt(topology, vertex) {
  const sides = sidesOf(topology);
  return [...new Set(placesOf(topology, vertex).flatMap(({ arc }) => sides[arc]))].sort();
}

/** Whether a border with one side only ends or runs here: that of the city, or beside a gap. */
export function isOuter(topology, vertex) {
  const sides = sidesOf(topology);
  return placesOf(topology, vertex).some(({ arc }) => sides[arc].length < 2);
}

/** The vertices of a district in the order of its rings, each ring once around: [{arc, index, ring}]. */
export function verticesOf(topology, code) {
  const listed = [];
  const district = districtOf(topology, code);
  for (const [ring, arcs] of (district?.arcs.flat() ?? []).entries()) {
    for (const signed of arcs) {
      const arc = signed < 0 ? ~signed : signed;
      const last = topology.arcs[arc].length - 1;
      // The last one is the first of the next arc.
      for (let at = 0; at < last; at += 1) {
        listed.push({ arc, index: signed < 0 ? last - at : at, ring });
      }
    }
  }
  return listed;
}

/** The edges that meet in a vertex, as pairs of positions. */
export function edgesAt(topology, vertex) {
  return placesOf(topology, vertex).flatMap(({ arc, index }) =>
    [index - 1, index + 1]
      .filter((other) => topology.arcs[arc][other])
      .map((other) => [topology.arcs[arc][index], topology.arcs[arc][other]]),
  );
}

function withArcs(topology, changed) {
  const arcs = topology.arcs.slice();
  for (const [arc, line] of changed) arcs[arc] = line;
  return { ...topology, arcs };
}

/** `topology` with a vertex elsewhere: what is drawn while somebody drags it. No check. */
export function movedTo(topology, vertex, to) {
  const changed = new Map();
  for (const { arc, index } of placesOf(topology, vertex)) {
    const line = changed.get(arc) ?? topology.arcs[arc].slice();
    line[index] = to;
    changed.set(arc, line);
  }
  return withArcs(topology, changed);
}

export function moveVertex(topology, vertex, to) {
  const at = rounded(to);
  if (vertexAt(topology, at)) return { refused: "occupied" };
  const moved = movedTo(topology, vertex, at);
  const edges = edgesAt(topology, vertex);
  if (
    crossesMore(topology, edges, moved, edgesAt(moved, vertex)) ||
    sweepsOver(topology, edges, at)
  )
    return { refused: "crosses" };
  return { topology: moved, codes: codesAt(topology, vertex) };
}

/** A new vertex after `vertex` on its arc, in the middle of that edge or at `at`. */
export function insertVertex(topology, { arc, index }, at = null) {
  const line = topology.arcs[arc];
  const from = Math.min(index, line.length - 2);
  const [a, b] = [line[from], line[from + 1]];
  const position = rounded(at ?? [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
  if (vertexAt(topology, position)) return { refused: "occupied" };
  const vertex = { arc, index: from + 1 };
  const inserted = withArcs(topology, [[arc, line.toSpliced(from + 1, 0, position)]]);
  if (crossesMore(topology, [[a, b]], inserted, edgesAt(inserted, vertex)))
    return { refused: "crosses" };
  return { topology: inserted, codes: [...sidesOf(topology)[arc]].sort(), vertex };
}

/** Never one where borders meet, and never so that a ring has fewer than three. */
export function removeVertex(topology, vertex) {
  const { arc, index } = vertex;
  if (isJunction(topology, vertex)) return { refused: "junction" };
  if (!keepsTriangles(topology, arc)) return { refused: "triangle" };
  let line = topology.arcs[arc];
  if (isEnd(topology, vertex)) {
    // The lone ring begins and ends at the next one.
    line = [...line.slice(1, -1), line[1]];
  } else {
    line = line.toSpliced(index, 1);
  }
  const removed = withArcs(topology, [[arc, line]]);
  const bridge = isEnd(topology, vertex) ? line.slice(-2) : line.slice(index - 1, index + 1);
  const edges = edgesAt(topology, vertex);
  if (crossesMore(topology, edges, removed, [bridge]) || sweepsOver(topology, edges, bridge[0]))
    return { refused: "crosses" };
  return { topology: removed, codes: [...sidesOf(topology)[arc]].sort() };
}

function keepsTriangles(topology, arc) {
  return geometriesOf(topology).every(({ arcs }) =>
    arcs.flat().every((ring) => {
      if (!ring.includes(arc) && !ring.includes(~arc)) return true;
      const vertices = ring.map((one) => topology.arcs[one < 0 ? ~one : one].length - 1);
      return vertices.reduce((sum, count) => sum + count, 0) > 3;
    }),
  );
}

/**
 * The edge of these arcs that is nearest to a position: {arc, index, at, distance}, or null. Whatever is
 * farther away than `within` may be left out.
 */
export function nearestEdge(topology, position, across, arcs, within = Infinity) {
  let best = null;
  for (const arc of arcs) {
    const line = topology.arcs[arc];
    if (distanceToBox(boxOf(line), position, across) > (best?.distance ?? within)) continue;
    for (let index = 0; index < line.length - 1; index += 1) {
      const { at, along, distance } = nearestOn([line[index], line[index + 1]], position, across);
      if (!best || distance < best.distance) best = { arc, index, at, along, distance };
    }
  }
  return best;
}

/** As nearestEdge(), the vertex: {arc, index, distance}. */
export function nearestVertex(topology, position, across, arcs, within = Infinity) {
  let best = null;
  for (const arc of arcs) {
    const line = topology.arcs[arc];
    if (distanceToBox(boxOf(line), position, across) > (best?.distance ?? within)) continue;
    for (const [index, one] of line.entries()) {
      const distance = distanceBetween(one, position, across);
      if (!best || distance < best.distance) best = { arc, index, distance };
    }
  }
  return best;
}

/** The arcs that bound none of these districts. */
export function arcsWithout(topology, codes) {
  const sides = sidesOf(topology);
  return topology.arcs
    .map((_arc, at) => at)
    .filter((at) => !sides[at].some((one) => codes.includes(one)));
}
