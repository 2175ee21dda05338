/** Corners of a line or an area, [{lat, lng}], and the GeoJSON (EPSG:4326) that holds them. */

/** GeoJSON of the `shape` "line" or "area"; null for a "point" and while corners are missing. */
export function geometryOf(corners, shape) {
  const positions = corners.map(({ lat, lng }) => [Number(lng.toFixed(6)), Number(lat.toFixed(6))]);
  if (shape === "line" && positions.length > 1)
    return { type: "LineString", coordinates: positions };
  if (shape !== "area" || positions.length < 3) return null;
  return { type: "Polygon", coordinates: [[...positions, positions[0]]] };
}

/** {shape, corners} of what `geometryOf` made: the last corner of an area does not repeat the first. */
export function cornersOf({ type, coordinates }) {
  const isArea = type === "Polygon";
  const positions = isArea ? coordinates[0].slice(0, -1) : coordinates;
  return {
    shape: isArea ? "area" : "line",
    corners: positions.map(([lng, lat]) => ({ lat, lng })),
  };
}

/** How many corners are missing until the shape is one; not above nought when it is. */
export function cornersMissing(corners, shape) {
  return (shape === "area" ? 3 : 2) - corners.length;
}
