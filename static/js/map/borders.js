/**
 * Borders of a draft on a canvas: 5,000 vertices in view are drawn in a few milliseconds, and while one is dragged only
 * the arcs that it belongs to are drawn again, on a second canvas above.
 */
/* global L */
import { arcsOf, geometriesOf, ringsOf, sidesOf } from "../boundaries/topology.js";
import { isJunction, positionOf } from "../boundaries/vertices.js";
import { isInView, labelPlace, projectedArc, screenOf, viewOf } from "./projecting.js";

/** Edges at least this long (pixels) have a mark in their middle, from which a vertex is pulled. */
export const LONG_EDGE = 48;
// Nearer to the one before (pixels), a vertex makes no difference to a line.
const NEAR = 0.7;
const FONT = "600 12px system-ui, sans-serif";

/**
 * Returns {show(scene), drag(scene | null)}. A scene is {topology, code, vertex, line, part}: the chosen district, the
 * chosen vertex, the line that is to split it, and the polygons of the part that it would cut off. While something is
 * dragged, `drag` shows {topology, vertex, arcs, target}: a topology in which only these arcs differ, and the place that
 * attracts the vertex.
 */
export function createBorders(map) {
  const pane = map.createPane("borders");
  pane.classList.add("leaflet-zoom-hide");
  const canvases = ["still", "moving"].map((name) => createCanvas(pane, name));
  const borders = { map, canvases, scene: null, dragged: null, frame: 0, isStale: true };
  const again = () => redraw(borders, true);
  map.on("move zoomend viewreset resize", again);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", again);
  return {
    show(scene) {
      Object.assign(borders, { scene, dragged: null });
      again();
    },
    drag(dragged) {
      const isOther = String(borders.dragged?.arcs) !== String(dragged?.arcs);
      borders.dragged = dragged;
      redraw(borders, isOther);
    },
  };
}

function createCanvas(pane, name) {
  const canvas = L.DomUtil.create("canvas", `borders is-${name}`, pane);
  canvas.setAttribute("aria-hidden", "true");
  return canvas;
}

function redraw(borders, isStale) {
  borders.isStale ||= isStale;
  borders.frame ||= requestAnimationFrame(() => {
    borders.frame = 0;
    if (!borders.scene) return;
    const [still, moving] = borders.canvases;
    const view = { ...viewOf(borders.map), colours: coloursOf(borders.map.getContainer()) };
    if (borders.isStale) drawStill(cleared(borders.map, still), view, borders);
    borders.isStale = false;
    drawMoving(cleared(borders.map, moving), view, borders);
  });
}

function cleared(map, canvas) {
  const size = map.getSize();
  const ratio = window.devicePixelRatio || 1;
  if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
    canvas.width = Math.round(size.x * ratio);
    canvas.height = Math.round(size.y * ratio);
    canvas.style.width = `${size.x}px`;
    canvas.style.height = `${size.y}px`;
  }
  L.DomUtil.setPosition(canvas, map.containerPointToLayerPoint([0, 0]));
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.x, size.y);
  context.lineJoin = "round";
  return context;
}

function coloursOf(element) {
  const style = getComputedStyle(element);
  const names = ["line", "outer", "chosen", "fill", "mark", "part", "vertex", "ink", "halo"];
  return Object.fromEntries(
    names.map((name) => [name, style.getPropertyValue(`--borders-${name}`)]),
  );
}

function drawStill(context, view, { scene, dragged }) {
  const { topology, code } = scene;
  const left = new Set(dragged?.arcs);
  const chosen = new Set(code ? arcsOf(topology, code) : []);
  const sides = sidesOf(topology);
  if (code && !left.size) fillRings(context, view, ringsOf(topology, code), view.colours.fill);
  const kinds = { line: [], outer: [], chosen: [] };
  for (const [arc, line] of topology.arcs.entries()) {
    if (left.has(arc) || !isInView(view, projectedArc(line).box)) continue;
    kinds[chosen.has(arc) ? "chosen" : sides[arc].length < 2 ? "outer" : "line"].push(line);
  }
  stroke(context, view, kinds.line, view.colours.line, 1.5);
  stroke(context, view, kinds.outer, view.colours.outer, 3);
  stroke(context, view, kinds.chosen, view.colours.chosen, 3);
  if (left.size) {
    context.setLineDash([4, 4]);
    stroke(
      context,
      view,
      [...left].map((arc) => topology.arcs[arc]),
      view.colours.line,
      1,
    );
    context.setLineDash([]);
  }
  drawNames(context, view, topology, code);
  if (scene.part) fillRings(context, view, scene.part, view.colours.part);
  for (const arc of chosen) if (!left.has(arc)) drawHandles(context, view, topology, arc);
  if (scene.vertex && !left.size) drawChosen(context, view, positionOf(topology, scene.vertex));
  if (scene.line?.length) drawSplitLine(context, view, scene.line);
}

function drawMoving(context, view, { scene, dragged }) {
  if (!dragged) return;
  const { topology, arcs, vertex, target } = dragged;
  fillRings(context, view, ringsOf(topology, scene.code), view.colours.fill);
  stroke(
    context,
    view,
    arcs.map((arc) => topology.arcs[arc]),
    view.colours.chosen,
    3,
  );
  for (const arc of arcs) drawHandles(context, view, topology, arc);
  drawChosen(context, view, positionOf(topology, vertex));
  if (target) drawRing(context, screenOf(view, target.at), 14, view.colours.mark, 3);
}

function trace(context, view, line) {
  const { xy } = projectedArc(line);
  let [lastX, lastY] = [Infinity, Infinity];
  for (let i = 0; i < xy.length; i += 2) {
    const x = xy[i] * view.scale - view.west;
    const y = xy[i + 1] * view.scale - view.north;
    if (i === 0) context.moveTo(x, y);
    else if (i + 2 < xy.length && Math.abs(x - lastX) < NEAR && Math.abs(y - lastY) < NEAR)
      continue;
    else context.lineTo(x, y);
    [lastX, lastY] = [x, y];
  }
}

function stroke(context, view, lines, colour, width) {
  context.beginPath();
  for (const line of lines) trace(context, view, line);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function fillRings(context, view, polygons, colour) {
  context.beginPath();
  for (const ring of polygons.flat()) trace(context, view, ring);
  context.fillStyle = colour;
  context.fill("evenodd");
}

// Corners where borders meet are square, others round; between far ones a smaller, empty one.
function drawHandles(context, view, topology, arc) {
  const line = topology.arcs[arc];
  let before = null;
  context.lineWidth = 1.5;
  for (const [index, position] of line.entries()) {
    const at = screenOf(view, position);
    if (before && Math.hypot(at[0] - before[0], at[1] - before[1]) >= LONG_EDGE) {
      const middle = [(at[0] + before[0]) / 2, (at[1] + before[1]) / 2];
      if (isSeen(view, middle)) drawDot(context, middle, 3, view.colours.vertex, view.colours.line);
    }
    before = at;
    if (!isSeen(view, at)) continue;
    if (isJunction(topology, { arc, index })) drawBox(context, at, view.colours);
    else drawDot(context, at, 4, view.colours.vertex, view.colours.chosen);
  }
}

const isSeen = ({ width, height }, [x, y]) => x > -9 && y > -9 && x < width + 9 && y < height + 9;

function drawDot(context, [x, y], radius, fill, line) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = fill;
  context.fill();
  context.strokeStyle = line;
  context.stroke();
}

function drawBox(context, [x, y], { vertex, chosen }) {
  context.fillStyle = vertex;
  context.fillRect(x - 4.5, y - 4.5, 9, 9);
  context.strokeStyle = chosen;
  context.strokeRect(x - 4.5, y - 4.5, 9, 9);
}

function drawRing(context, [x, y], radius, colour, width) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

function drawChosen(context, view, position) {
  const at = screenOf(view, position);
  drawRing(context, at, 10, view.colours.vertex, 5);
  drawRing(context, at, 10, view.colours.mark, 3);
  drawDot(context, at, 4, view.colours.mark, view.colours.vertex);
}

function drawSplitLine(context, view, line) {
  context.setLineDash([8, 5]);
  stroke(context, view, [line], view.colours.mark, 3);
  context.setLineDash([]);
  context.lineWidth = 2;
  for (const one of line)
    drawDot(context, screenOf(view, one), 6, view.colours.mark, view.colours.vertex);
}

const places = new WeakMap();

// While the map moves, names stay in their places.
function placeOfName(topology, code) {
  if (!places.has(topology)) places.set(topology, new Map());
  const known = places.get(topology);
  if (!known.has(code)) known.set(code, labelPlace(ringsOf(topology, code)));
  return known.get(code);
}

function drawNames(context, view, topology, code) {
  context.font = FONT;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.lineWidth = 4;
  context.strokeStyle = view.colours.halo;
  context.fillStyle = view.colours.ink;
  const pixels = (256 * view.scale) / 360;
  for (const { id, properties, arcs } of geometriesOf(topology)) {
    const isNear = arcs
      .flat(2)
      .some((arc) => isInView(view, projectedArc(topology.arcs[arc < 0 ? ~arc : arc]).box));
    if (!isNear) continue;
    const { at, wide } = placeOfName(topology, id);
    const [x, y] = screenOf(view, at);
    if (!isSeen(view, [x, y])) continue;
    if (id !== code && context.measureText(properties.name).width > wide * pixels * 0.95) continue;
    context.strokeText(properties.name, x, y);
    context.fillText(properties.name, x, y);
  }
}
