/** Places in words of reports on a map, which come without them: asked for when they are shown. */

/** Writes `place` into the properties of those `features` that have none, by one request. */
export async function addPlaces(features, url) {
  const without = features.filter(({ properties }) => properties.place === undefined);
  if (!without.length) return;
  const found = await placesOf(without, url);
  for (const { properties } of without) properties.place = found.get(properties.reference);
}

// Without the network a popup goes without places, and asks again when it opens again.
async function placesOf(features, url) {
  const references = features.map(({ properties }) => properties.reference);
  try {
    const answer = await fetch(`${url}?references=${references.join(",")}`);
    const rows = answer.ok ? (await answer.json()).features : [];
    return new Map(rows.map(({ properties }) => [properties.reference, properties.place]));
  } catch {
    return new Map();
  }
}
