/** Whether an act makes borders cross that did not cross before. */
import { boxOf, doCross, doMeet, isInside, isSame } from "./plane.js";

/** How often these edges cross those of the topology. */
export function countCrossings({ arcs }, edges) {
  let count = 0;
  for (const edge of edges) {
    const box = boxOf(edge);
    for (const line of arcs) {
      if (!doMeet(box, boxOf(line))) continue;
      for (let i = 1; i < line.length; i += 1) {
        const other = [line[i - 1], line[i]];
        if (!isSameEdge(edge, other) && doCross(edge, other)) count += 1;
      }
    }
  }
  return count;
}

function isSameEdge([a, b], [c, d]) {
  return (isSame(a, c) && isSame(b, d)) || (isSame(a, d) && isSame(b, c));
}

/** Whether `after` has more crossings at its new edges than `before` had at the old ones. A draft may have faults. */
export function crossesMore(before, oldEdges, after, newEdges) {
  const crossings = countCrossings(after, newEdges);
  return crossings > 0 && crossings > countCrossings(before, oldEdges);
}

/** Whether a lone ring lies in the ground that these edges sweep when their common end goes to `to`. */
export function sweepsOver({ arcs }, edges, to) {
  const lone = arcs.filter((line) => isSame(line[0], line.at(-1)));
  const swept = edges.map(([from, other]) => [from, to, other, from]);
  return lone.some((line) => line.every((one) => swept.some((part) => isInside([part], one))));
}
