/** District names on the map: as many as fit, whole and with nothing over them. */
/* global L */
import { inTurns } from "../lib/turns.js";
import { districtAt } from "./polygons.js";

// Where a name may stand, in pixels from the middle of its district; the first that is free.
const PLACES = [0, -26, 26, -48, 48].flatMap((y) => [0, -34, 34].map((x) => [x, y]));
const SPACE = 2;
// Names put on the map between two looks at what the reader does.
const AT_ONCE = 6;
// Marks come a few at a time, and each turn would measure all names anew.
const SETTLE_MS = 60;

/** Resolves to what takes them away again. */
export async function addLabels(map, layers) {
  const pane = map.getPane("labels") ?? map.createPane("labels");
  pane.setAttribute("aria-hidden", "true");
  const labels = [];
  await inTurns([...layers.values()], AT_ONCE, (path) => labels.push(label(map, path)));
  labels.sort((a, b) => b.size - a.size);
  let timer;
  const arrange = () => {
    clearTimeout(timer);
    timer = setTimeout(() => showThoseThatFit(map, labels), SETTLE_MS);
  };
  // Marks come and go as layers.
  const changes = "zoomend moveend resize layeradd layerremove";
  map.on(changes, arrange);
  arrange();
  return () => {
    map.off(changes, arrange);
    clearTimeout(timer);
    for (const { marker } of labels) marker.remove();
  };
}

function label(map, path) {
  const { name, label_point: point } = path.feature.properties;
  const text = document.createElement("span");
  text.textContent = name;
  const icon = L.divIcon({ className: "district-label", html: text, iconSize: [0, 0] });
  const at = point ? [point[1], point[0]] : path.getCenter();
  const marker = L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }).addTo(
    map,
  );
  const bounds = path.getBounds();
  const size = bounds.getNorthEast().distanceTo(bounds.getSouthWest());
  return { marker, text, feature: path.feature, bounds, size };
}

function showThoseThatFit(map, labels) {
  const taken = [...marksOn(map), ...controlsOn(map)];
  const view = viewOf(map);
  // All is read before anything is written: each turn between the two costs the browser a layout.
  const sizes = labels.map(({ text }) => ({ width: text.offsetWidth, height: text.offsetHeight }));
  for (const [index, one] of labels.entries()) {
    const isFree = (box) => isInside(box, view) && !hits(box, taken);
    const place = placeFor(map, one, sizes[index], isFree);
    one.text.classList.toggle("is-crowded", !place);
    if (!place) continue;
    const [x, y] = place.offset;
    one.text.style.setProperty("--label-x", `${x}px`);
    one.text.style.setProperty("--label-y", `${y}px`);
    taken.push(place.box);
  }
}

function placeFor(map, one, { width, height }, isFree) {
  const middle = map.latLngToLayerPoint(one.marker.getLatLng());
  if (width >= widthOf(map, one.bounds) * 1.1) return null;
  for (const offset of PLACES) {
    const [x, y] = [middle.x + offset[0], middle.y + offset[1]];
    const box = boxAt(x - width / 2, y - height / 2, width, height);
    if (isFree(box) && isOnDistrict(map, one, x, y)) {
      return { offset, box };
    }
  }
  return null;
}

function isOnDistrict(map, { feature }, x, y) {
  return districtAt([feature], map.layerPointToLatLng([x, y])) !== null;
}

function boxAt(left, top, width, height) {
  return {
    left: left - SPACE,
    top: top - SPACE,
    right: left + width + SPACE,
    bottom: top + height + SPACE,
  };
}

function marksOn(map) {
  return [...map.getPane("markerPane").children].map((element) => {
    const { x, y } = L.DomUtil.getPosition(element);
    const { marginLeft, marginTop } = element.style;
    const [left, top] = [x + Number.parseFloat(marginLeft), y + Number.parseFloat(marginTop)];
    return boxAt(left, top, element.offsetWidth, element.offsetHeight);
  });
}

function controlsOn(map) {
  const whole = map.getContainer().getBoundingClientRect();
  return [...map.getContainer().querySelectorAll(".leaflet-control")].map((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const at = map.containerPointToLayerPoint([left - whole.left, top - whole.top]);
    return boxAt(at.x, at.y, width, height);
  });
}

function viewOf(map) {
  const { x, y } = map.containerPointToLayerPoint([0, 0]);
  const size = map.getSize();
  return { left: x, top: y, right: x + size.x, bottom: y + size.y };
}

function widthOf(map, bounds) {
  return (
    map.latLngToLayerPoint(bounds.getNorthEast()).x -
    map.latLngToLayerPoint(bounds.getSouthWest()).x
  );
}

function isInside(box, view) {
  return (
    box.left >= view.left &&
    box.top >= view.top &&
    box.right <= view.right &&
    box.bottom <= view.bottom
  );
}

/** Whether `box` lies over one of `taken`. */
export function hits(box, taken) {
  return taken.some(
    (other) =>
      box.left < other.right &&
      other.left < box.right &&
      box.top < other.bottom &&
      other.top < box.bottom,
  );
}
