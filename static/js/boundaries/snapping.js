/**
 * A vertex onto a border that it should lie on: that of a district which does not have the vertex. Afterwards both
 * share it.
 */
import { crossesMore } from "./crossings.js";
import { acrossAt, rounded } from "./plane.js";
import { featureOf, withFeatures } from "./topology.js";
import {
  arcsWithout,
  codesAt,
  edgesAt,
  insertVertex,
  movedTo,
  nearestEdge,
  nearestVertex,
  positionOf,
} from "./vertices.js";

/** What lies within `tolerance` (degrees of latitude) of `position`: {at, edge?: {arc, index}}; a vertex before an edge. */
export function findTarget(topology, vertex, position, tolerance) {
  const arcs = arcsWithout(topology, codesAt(topology, vertex));
  const across = acrossAt(position[1]);
  const corner = nearestVertex(topology, position, across, arcs, tolerance);
  if (corner && corner.distance <= tolerance) return { at: positionOf(topology, corner) };
  const edge = nearestEdge(topology, position, across, arcs, tolerance);
  if (edge && edge.distance <= tolerance) {
    return { at: rounded(edge.at), edge: { arc: edge.arc, index: edge.index } };
  }
  return null;
}

/** As the acts in vertices.js; `target` as found. */
export function snapVertex(topology, vertex, target) {
  const codes = new Set(codesAt(topology, vertex));
  let whole = topology;
  if (target.edge) {
    const inserted = insertVertex(topology, target.edge, target.at);
    if (inserted.refused) return inserted;
    for (const code of inserted.codes) codes.add(code);
    whole = inserted.topology;
  }
  const joined = movedTo(whole, vertex, target.at);
  if (crossesMore(topology, edgesAt(topology, vertex), joined, edgesAt(joined, vertex)))
    return { refused: "crosses" };
  const features = new Map([...codes].map((code) => [code, featureOf(joined, code)]));
  return { topology: withFeatures(joined, features), codes: [...codes].sort() };
}
