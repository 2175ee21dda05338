/**
 * The one pin of the report form: placed by tap, by Enter at the map's centre, or by words; moved
 * by dragging and by arrow keys. Latitudes and longitudes are EPSG:4326.
 */
/* global L */
import { stepFrom, stepOfKey } from "./steps.js";

// Here a step of ten metres is seen.
const STREET_ZOOM = 17;
/** `onMove({lat, lng}, isNew)` after every move, `isNew` where it was not dragged or stepped; `label`
 * names the pin; `nearest`: the zoom from which its first place is shown. Returns
 * {moveTo(latlng, isNew), moveBy([north, east]), keepClear(height), remove()}; a step is in metres, and `height`
 * is how many pixels of the map's lower edge a sentence covers. */
export function createPin(map, { label, onMove, nearest = STREET_ZOOM }) {
  const pin = { map, label, onMove, nearest, marker: null, covered: 0 };
  // The sentence about the place stands at the bottom. How far a metre is, no street tells here.
  map.attributionControl.setPosition("topright");
  L.control.scale({ imperial: false, position: "topright" }).addTo(map);
  map.on("click", ({ latlng }) => place(pin, latlng));
  map.getContainer().addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target !== map.getContainer()) return;
    event.preventDefault();
    place(pin, map.getCenter());
  });
  return {
    moveTo: (latlng, isNew) => show(pin, latlng, isNew),
    moveBy: (metres) => moveBy(pin, metres),
    keepClear: (height) => keepClear(Object.assign(pin, { covered: height })),
    remove: () => {
      pin.marker?.remove();
      pin.marker = null;
    },
  };
}

// The first place is set on a map of the whole city: the street opens there. Later ones leave the view alone.
function place(pin, latlng) {
  if (pin.marker) put(pin, latlng);
  else show(pin, latlng);
}

function show(pin, latlng, isNew) {
  put(pin, latlng, isNew);
  const { map, nearest } = pin;
  const zoom = Math.max(map.getZoom(), nearest);
  const look = () => map.setView(latlng, zoom, { animate: false });
  look();
  // Leaflet forgets what it is asked for while it still zooms.
  if (map.getZoom() < zoom) map.once("zoomend", look);
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
  keepClear(pin);
}

// The pin stays in that part of the map which is seen.
function keepClear({ map, marker, covered }) {
  if (!marker) return;
  const padding = { paddingTopLeft: [60, 60], paddingBottomRight: [60, covered + 20] };
  map.panInside(marker.getLatLng(), padding);
}
