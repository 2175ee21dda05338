/** The part of the city that a map shows, as addresses write it: west,south,east,north in degrees. */
/* global L */

export function boxOf(bounds) {
  return [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()]
    .map((degrees) => degrees.toFixed(5))
    .join(",");
}

/** Shows just this part, or the whole city for no text. */
export function showBox(map, text, bounds) {
  const [west, south, east, north] = text ? text.split(",").map(Number) : bounds;
  map.fitBounds(L.latLngBounds([south, west], [north, east]), { animate: false });
}
