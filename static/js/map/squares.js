/** Squares of the world in the usual scheme: Web Mercator, zoom 16, rows from the north. */

const SIDE = 2 ** 16;

/** "column/row" of each square that Leaflet's `bounds` touch. */
export function squaresIn(bounds) {
  const [west, north] = squareAt(bounds.getWest(), bounds.getNorth());
  const [east, south] = squareAt(bounds.getEast(), bounds.getSouth());
  const found = [];
  for (let column = west; column <= east; column += 1) {
    for (let row = north; row <= south; row += 1) found.push(`${column}/${row}`);
  }
  return found;
}

/** [column, row] of the square over a place (degrees, EPSG:4326). */
export function squareAt(lng, lat) {
  const sine = Math.sin((lat * Math.PI) / 180);
  const x = (lng + 180) / 360;
  const y = 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
  return [x, y].map((share) => Math.min(SIDE - 1, Math.max(0, Math.floor(share * SIDE))));
}
