/** Arcs of a topology on the screen: projected once (Web Mercator, as Leaflet draws), then only scaled and moved. */
import { signedArea } from "../boundaries/plane.js";

const WORLD = 256;
const projected = new WeakMap();

/** A position [lng, lat] as x and y of the world at zoom 0 (pixels). */
export function worldOf([lng, lat]) {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [
    ((lng + 180) / 360) * WORLD,
    (0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * WORLD,
  ];
}

/** An arc as {xy: Float64Array of x and y, box: [west, north, east, south]} of the world at zoom 0. */
export function projectedArc(line) {
  let found = projected.get(line);
  if (!found) {
    const xy = new Float64Array(line.length * 2);
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (let i = 0; i < line.length; i += 1) {
      const [x, y] = worldOf(line[i]);
      xy[2 * i] = x;
      xy[2 * i + 1] = y;
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    found = { xy, box };
    projected.set(line, found);
  }
  return found;
}

/** What of the world a Leaflet map shows: {scale, west, north, width, height}, pixels from the world's corner. */
export function viewOf(map) {
  const { x, y } = map.getSize();
  const corner = map.containerPointToLatLng([0, 0]);
  const [west, north] = worldOf([corner.lng, corner.lat]);
  const scale = 2 ** map.getZoom();
  return { scale, west: west * scale, north: north * scale, width: x, height: y };
}

export function isInView({ scale, west, north, width, height }, box, margin = 0) {
  return (
    box[2] * scale >= west - margin &&
    box[0] * scale <= west + width + margin &&
    box[3] * scale >= north - margin &&
    box[1] * scale <= north + height + margin
  );
}

/** A position as pixels from the corner of the map. */
export function screenOf(view, position) {
  const [x, y] = worldOf(position);
  return [x * view.scale - view.west, y * view.scale - view.north];
}

/** Where the name of a district stands: the middle of its largest ring, and how wide that is (degrees). */
export function labelPlace(polygons) {
  let largest = null;
  for (const [ring] of polygons) {
    const area = Math.abs(signedArea(ring));
    if (!largest || area > largest.area) largest = { ring, area };
  }
  const [west, south] = largest.ring[0];
  let [x, y, sum] = [0, 0, 0];
  for (let i = 1; i < largest.ring.length; i += 1) {
    const [x1, y1] = [largest.ring[i - 1][0] - west, largest.ring[i - 1][1] - south];
    const [x2, y2] = [largest.ring[i][0] - west, largest.ring[i][1] - south];
    const part = x1 * y2 - x2 * y1;
    x += (x1 + x2) * part;
    y += (y1 + y2) * part;
    sum += part;
  }
  const lngs = largest.ring.map(([lng]) => lng);
  const wide = lngs.reduce((most, lng) => Math.max(most, lng), -Infinity) - Math.min(...lngs);
  const at = sum ? [west + x / (3 * sum), south + y / (3 * sum)] : largest.ring[0];
  return { at, wide };
}
