/**
 * The one pin of the report form: placed by tap, by Enter at the map's centre, or by words; moved
 * by dragging and by arrow keys. Latitudes and longitudes are EPSG:4326.
 */
/* global L */
import { readConfig } from "./city.js";
import { stepFrom, stepOfKey } from "./steps.js";

// Without tiles there are no streets to see, only the district and its neighbours.
const STREET_ZOOM = 17;
const DISTRICT_ZOOM = 13;
/** `onMove({lat, lng}, isNew)` after every move, `isNew` where it was not dragged or stepped; `label`
 * names the pin. Returns
 * {moveTo(latlng, isNew), moveBy([north, east]), remove()}; a step is in metres. */
export function createPin(map, { label, onMove }) {
  const pin = { map, label, onMove, marker: null };
  map.on("click", ({ latlng }) => put(pin, latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    put(pin, map.getCenter());
  });
  return {
    moveTo: (latlng, isNew) => show(pin, latlng, isNew),
    moveBy: (metres) => moveBy(pin, metres),
    remove: () => {
      pin.marker?.remove();
      pin.marker = null;
    },
  };
}

// A far-away tap shows the street; later moves leave the view alone.
function show(pin, latlng, isNew) {
  put(pin, latlng, isNew);
  const zoom = readConfig().tileUrl ? STREET_ZOOM : DISTRICT_ZOOM;
  pin.map.setView(latlng, Math.max(pin.map.getZoom(), zoom));
}

function put(pin, latlng, isNew = true) {
  if (pin.marker) pin.marker.setLatLng(latlng);
  else pin.marker = createMarker(pin, latlng);
  pin.onMove(pin.marker.getLatLng(), isNew);
}

function createMarker(pin, latlng) {
  const html = document.getElementById("pin-mark").content.firstElementChild.cloneNode(true);
  const icon = L.divIcon({ className: "pin-icon", html, iconSize: [44, 44], iconAnchor: [22, 42] });
  const marker = L.marker(latlng, { icon, draggable: true, autoPan: true }).addTo(pin.map);
  marker.on("dragend", () => pin.onMove(marker.getLatLng(), false));
  const element = marker.getElement();
  element.setAttribute("aria-label", pin.label);
  element.addEventListener("keydown", (event) => step(pin, event));
  return marker;
}

function step(pin, event) {
  const metres = stepOfKey(event);
  if (!metres) return;
  event.preventDefault();
  event.stopPropagation();
  moveBy(pin, metres);
}

function moveBy(pin, metres) {
  if (!pin.marker) return;
  const next = stepFrom(pin.marker.getLatLng(), metres);
  put(pin, next, false);
  pin.map.panInside(next, { padding: [60, 60] });
}
