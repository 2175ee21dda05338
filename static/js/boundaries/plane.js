/** Plane geometry on [lng, lat] pairs: rings are closed, a segment is a pair of positions. */

export const isSame = (one, other) => one[0] === other[0] && one[1] === other[1];

export const keyOf = ([lng, lat]) => `${lng},${lat}`;

// Nobody draws below a centimetre.
export const rounded = ([lng, lat]) => [Number(lng.toFixed(7)), Number(lat.toFixed(7))];

/** Twice the area is positive where `c` lies left of the line from `a` to `b`. */
export function turn(a, b, c) {
  return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
}

/** Of a closed ring; positive if it runs counterclockwise. */
export function signedArea(ring) {
  const [west, south] = ring[0];
  let sum = 0;
  for (let i = 1; i < ring.length; i += 1) {
    const [x1, y1] = ring[i - 1];
    const [x2, y2] = ring[i];
    sum += (x1 - west) * (y2 - south) - (x2 - west) * (y1 - south);
  }
  return sum / 2;
}

/** Of polygons as rings, the first the outer one. */
export function areaOf(polygons) {
  return polygons.flat().reduce((sum, ring) => sum + signedArea(ring), 0);
}

/** Whether a position lies within the rings of a polygon, holes left out. */
export function isInside(rings, [x, y]) {
  let inside = false;
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i += 1) {
      const [x1, y1] = ring[i - 1];
      const [x2, y2] = ring[i];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

/**
 * Whether two segments cross, touch within, or lie upon each other. Meeting in a common end is no crossing, unless
 * one runs back over the other.
 */
export function doCross([a, b], [c, d]) {
  if (Math.max(a[0], b[0]) < Math.min(c[0], d[0]) || Math.max(c[0], d[0]) < Math.min(a[0], b[0]))
    return false;
  if (Math.max(a[1], b[1]) < Math.min(c[1], d[1]) || Math.max(c[1], d[1]) < Math.min(a[1], b[1]))
    return false;
  const common = [a, b].find((end) => isSame(end, c) || isSame(end, d));
  if (common) return runsBack(common, isSame(common, a) ? b : a, isSame(common, c) ? d : c);
  const [t1, t2, t3, t4] = [turn(a, b, c), turn(a, b, d), turn(c, d, a), turn(c, d, b)];
  if (t1 * t2 < 0 && t3 * t4 < 0) return true;
  return (
    (t1 === 0 && isBeside(a, b, c)) ||
    (t2 === 0 && isBeside(a, b, d)) ||
    (t3 === 0 && isBeside(c, d, a)) ||
    (t4 === 0 && isBeside(c, d, b))
  );
}

// Of a point on the line through both ends.
function isBeside(a, b, [x, y]) {
  return (
    x >= Math.min(a[0], b[0]) &&
    x <= Math.max(a[0], b[0]) &&
    y >= Math.min(a[1], b[1]) &&
    y <= Math.max(a[1], b[1])
  );
}

function runsBack(from, one, other) {
  if (turn(from, one, other) !== 0) return false;
  const along =
    (one[0] - from[0]) * (other[0] - from[0]) + (one[1] - from[1]) * (other[1] - from[1]);
  return along > 0;
}

/** Where `point` is nearest to a segment: {at, along: 0…1, distance}, `across` = degrees of latitude a degree east. */
export function nearestOn([a, b], point, across) {
  const [dx, dy] = [(b[0] - a[0]) * across, b[1] - a[1]];
  const length = dx * dx + dy * dy;
  const raw = length ? ((point[0] - a[0]) * across * dx + (point[1] - a[1]) * dy) / length : 0;
  const along = Math.min(1, Math.max(0, raw));
  const at = [a[0] + (b[0] - a[0]) * along, a[1] + (b[1] - a[1]) * along];
  return { at, along, distance: distanceBetween(at, point, across) };
}

/** In degrees of latitude. */
export function distanceBetween(one, other, across) {
  return Math.hypot((one[0] - other[0]) * across, one[1] - other[1]);
}

/** How many degrees of latitude a degree of longitude is long at this latitude. */
export const acrossAt = (lat) => Math.cos((lat * Math.PI) / 180);

/** Where two segments that cross meet: {at, along}, `along` the part of the first one; null for parallel ones. */
export function meeting([a, b], [c, d]) {
  const [ux, uy] = [b[0] - a[0], b[1] - a[1]];
  const [vx, vy] = [d[0] - c[0], d[1] - c[1]];
  const denominator = ux * vy - uy * vx;
  if (denominator === 0) return null;
  const along = ((c[0] - a[0]) * vy - (c[1] - a[1]) * vx) / denominator;
  return { at: [a[0] + ux * along, a[1] + uy * along], along };
}

const boxes = new WeakMap();

/** Around a line: [west, south, east, north]. Lines are never changed, so each is measured once. */
export function boxOf(line) {
  let box = boxes.get(line);
  if (!box) {
    box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const [x, y] of line) {
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x > box[2]) box[2] = x;
      if (y > box[3]) box[3] = y;
    }
    boxes.set(line, box);
  }
  return box;
}

export const doMeet = (one, other) =>
  one[0] <= other[2] && other[0] <= one[2] && one[1] <= other[3] && other[1] <= one[3];

/** How far a box is from a position at least, in degrees of latitude. */
export function distanceToBox([west, south, east, north], [x, y], across) {
  const aside = Math.max(west - x, 0, x - east) * across;
  return Math.hypot(aside, Math.max(south - y, 0, y - north));
}
