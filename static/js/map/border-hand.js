/**
 * The hand on the borders: vertices of the chosen district are dragged by mouse, pen or finger, new ones are pulled from
 * the middle of an edge; a press elsewhere chooses.
 */
/* global L */
import { isInside, rounded } from "../boundaries/plane.js";
import { findTarget } from "../boundaries/snapping.js";
import { arcsOf, geometriesOf, ringsOf } from "../boundaries/topology.js";
import { insertVertex, movedTo, placesOf } from "../boundaries/vertices.js";
import { LONG_EDGE } from "./borders.js";
import { isInView, projectedArc, screenOf, viewOf } from "./projecting.js";

const REACH = { mouse: 10, pen: 14, touch: 22 };
/** How near (pixels) another border attracts a vertex. */
export const ATTRACTION = 12;
const STILL = 4;

/**
 * `onStart()` is called before anything; `now()` answers {topology, code, canDrag, attracts}. Calls `onDrag({topology, vertex, arcs, target})` while something is
 * dragged and null at the end, `onDrop({vertex, edge, to, target})` where it was dropped (`edge` for a new vertex),
 * `onVertex(vertex)` when one is pressed, `onPress(latlng)` elsewhere.
 */
export function createHand(map, { now, onStart, onDrag, onDrop, onVertex, onPress }) {
  const box = map.getContainer();
  // Two quick presses are two points of a line, or one vertex.
  map.doubleClickZoom.disable();
  let held = null;
  let isPressed = false;
  box.addEventListener("pointerdown", (event) => {
    isPressed = false;
    onStart();
    const { canDrag, topology, code } = now();
    if (!canDrag || !code || !event.isPrimary || event.button !== 0) return;
    if (event.target.closest(".leaflet-control")) return;
    const at = map.mouseEventToContainerPoint(event);
    const found = findHandle(
      viewOf(map),
      topology,
      code,
      at,
      REACH[event.pointerType] ?? REACH.mouse,
    );
    if (!found) return;
    // The map stays where it is, and there is no press upon it.
    event.preventDefault();
    event.stopPropagation();
    map.dragging.disable();
    isPressed = true;
    box.setPointerCapture(event.pointerId);
    held = { ...start(topology, found), from: at, pointer: event.pointerId, isMoving: false };
  });
  box.addEventListener("pointermove", (event) => {
    if (!held || event.pointerId !== held.pointer) return;
    const at = map.mouseEventToContainerPoint(event);
    if (!held.isMoving && at.distanceTo(held.from) < STILL) return;
    held.isMoving = true;
    const { lat, lng } = map.containerPointToLatLng(at);
    move(held, rounded([lng, lat]), now(), toleranceOf(map, lat));
    onDrag({ topology: held.moved, vertex: held.vertex, arcs: held.arcs, target: held.target });
  });
  const end = (event, isDropped) => {
    if (!held || event.pointerId !== held.pointer) return;
    const { vertex, edge, to, target, isMoving } = held;
    held = null;
    map.dragging.enable();
    onDrag(null);
    if (isMoving && isDropped) onDrop({ vertex, edge, to, target });
    else if (!isMoving && !edge) onVertex(vertex);
  };
  box.addEventListener("pointerup", (event) => end(event, true));
  box.addEventListener("pointercancel", (event) => end(event, false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && held) end({ pointerId: held.pointer }, false);
  });
  map.on("click", ({ latlng }) => {
    if (!isPressed) onPress(latlng);
    isPressed = false;
  });
}

/** Pixels of attraction as degrees of latitude. */
export function toleranceOf(map, lat) {
  const metres = (40_075_017 * Math.cos((lat * Math.PI) / 180)) / 256 / 2 ** map.getZoom();
  return (ATTRACTION * metres) / 111_320;
}

function start(topology, { vertex, edge }) {
  if (!edge) return { base: topology, vertex, arcs: arcsAt(topology, vertex) };
  const inserted = insertVertex(topology, edge);
  return {
    base: inserted.topology ?? topology,
    vertex: inserted.vertex ?? edge,
    edge,
    arcs: [edge.arc],
  };
}

const arcsAt = (topology, vertex) => [...new Set(placesOf(topology, vertex).map(({ arc }) => arc))];

function move(held, to, { topology, attracts }, tolerance) {
  // Another border attracts only what was there before.
  held.target = attracts && !held.edge ? findTarget(topology, held.vertex, to, tolerance) : null;
  held.to = held.target?.at ?? to;
  held.moved = movedTo(held.base, held.vertex, held.to);
}

/** The vertex within reach of a point of the map, or else the middle of a long edge: {vertex} | {edge} | null. */
export function findHandle(view, topology, code, { x, y }, reach) {
  let best = null;
  const offer = ([atX, atY], handle, most) => {
    const distance = Math.hypot(atX - x, atY - y);
    if (distance <= most && (!best || distance < best.distance)) best = { ...handle, distance };
  };
  const arcs = arcsOf(topology, code).filter((arc) =>
    isInView(view, projectedArc(topology.arcs[arc]).box, reach),
  );
  for (const arc of arcs) {
    for (const [index, one] of topology.arcs[arc].entries()) {
      offer(screenOf(view, one), { vertex: { arc, index } }, reach);
    }
  }
  if (best) return best;
  for (const arc of arcs) {
    const line = topology.arcs[arc].map((one) => screenOf(view, one));
    for (let index = 0; index < line.length - 1; index += 1) {
      const [a, b] = [line[index], line[index + 1]];
      if (Math.hypot(a[0] - b[0], a[1] - b[1]) < LONG_EDGE) continue;
      offer([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], { edge: { arc, index } }, reach);
    }
  }
  return best;
}

/** The code of the district at a place, or null. */
export function codeAt(topology, { lat, lng }) {
  const found = geometriesOf(topology).find(({ id }) =>
    ringsOf(topology, id).some((rings) => isInside(rings, [lng, lat])),
  );
  return found?.id ?? null;
}

export const latLngOf = ([lng, lat]) => L.latLng(lat, lng);
