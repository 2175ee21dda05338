/** Two neighbours become one district, which keeps the code and the names of the first; {refused: "strangers"} for others. */
import { mergeArcs } from "topojson-client";

import { districtOf, featureOf, geometriesOf, neighboursOf, withFeatures } from "./topology.js";

export function mergeDistricts(topology, into, gone) {
  if (!neighboursOf(topology, into).includes(gone)) return { refused: "strangers" };
  const taker = districtOf(topology, into);
  const { arcs } = mergeArcs(topology, [taker, districtOf(topology, gone)]);
  const geometries = geometriesOf(topology).map((one) =>
    one.id === into ? { ...one, arcs } : one,
  );
  const joined = { ...topology, objects: { districts: { geometries } } };
  // Anew, so that what was a junction with the one that is gone is a vertex like others.
  const changed = new Map([
    [into, featureOf(joined, into)],
    [gone, null],
  ]);
  return { topology: withFeatures(topology, changed), codes: [into, gone].sort() };
}
