/** Which district a point lies in, for a first word on the page; the server's answer binds. */

export function districtAt(features, { lat, lng }) {
  const feature = features.find((one) =>
    polygonsOf(one.geometry).some((rings) => isInside(rings, lng, lat)),
  );
  if (!feature) return null;
  const { code, name, borough } = feature.properties;
  return { code, name, borough };
}

function polygonsOf({ type, coordinates }) {
  return type === "Polygon" ? [coordinates] : coordinates;
}

// Even-odd over all rings, so that holes count as outside.
function isInside(rings, x, y) {
  return rings.reduce((inside, ring) => (crossings(ring, x, y) % 2 ? !inside : inside), false);
}

function crossings(ring, x, y) {
  let count = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1];
    const [x2, y2] = ring[i];
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) count += 1;
  }
  return count;
}
