/**
 * Public reports on a city map: one mark each, marks that would touch as one circle with a count.
 * Markup and words come from components/map_templates.html on the same page.
 */
/* global L */

import { groupApart } from "./cells.js";
import { readConfig, sayOnMap } from "./city.js";
import { bindPopup } from "./popups.js";

const MARK_SIZE = 44;
const SETTLE_MS = 250;

/** Keeps the reports of the visible part of `map` on it. Resolves after the first draw. */
export async function showReports(map) {
  const layer = L.layerGroup().addTo(map);
  const state = { map, layer, drawn: new Map(), features: [], loaded: null, request: null };
  let timer;
  map.on("zoomend", () => redraw(state));
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(state), SETTLE_MS);
  });
  await load(state);
}

/** Draws just these GeoJSON features and shows them all: the map beside a list. */
export function showSelection(map, features) {
  const state = { map, layer: L.layerGroup().addTo(map), drawn: new Map(), features };
  map.on("zoomend", () => redraw(state));
  if (features.length) map.fitBounds(boundsOf(features).pad(0.2), { maxZoom: 15, animate: false });
  redraw(state);
}

/** One mark at one place, without a popup: the small map of a status page. */
export function showPlace(map, latlng, status) {
  const icon = L.divIcon({
    className: "mark-icon",
    html: mark(status),
    iconSize: [MARK_SIZE, MARK_SIZE],
  });
  return L.marker(latlng, { icon, interactive: false, keyboard: false }).addTo(map);
}

async function load(state) {
  if (state.loaded?.contains(state.map.getBounds())) return;
  const bounds = state.map.getBounds().pad(0.3);
  state.request?.abort();
  state.request = new AbortController();
  try {
    const answer = await fetch(addressFor(bounds), { signal: state.request.signal });
    if (!answer.ok) throw new Error(`reports: ${answer.status}`);
    const page = await answer.json();
    state.features = page.features;
    state.loaded = page.next ? null : bounds;
    redraw(state);
  } catch (reason) {
    if (reason.name !== "AbortError") sayOnce(state, reason);
  }
}

function addressFor(bounds) {
  const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const url = new URL(readConfig().reportsUrl, window.location.href);
  url.searchParams.set("bbox", box.map((degrees) => degrees.toFixed(5)).join(","));
  url.searchParams.set("limit", "1000");
  return url;
}

function sayOnce(state, reason) {
  console.warn(reason);
  state.said ??= sayOnMap(state.map, readConfig().texts.reportsFailed);
}

// Marks that stay are kept as they are, so that focus and an open popup survive a new load.
function redraw(state) {
  const groups = groupApart(state.map, state.features, MARK_SIZE);
  for (const [key, marker] of state.drawn) {
    if (!groups.has(key)) {
      state.layer.removeLayer(marker);
      state.drawn.delete(key);
    }
  }
  for (const [key, group] of groups) {
    if (!state.drawn.has(key)) state.drawn.set(key, draw(state, group));
  }
}

function draw(state, group) {
  const marker = group.features.length > 1 ? clusterMarker(state, group) : reportMarker(group);
  return marker.addTo(state.layer);
}

function reportMarker({ features: [feature], latlng }) {
  const { status } = feature.properties;
  const icon = L.divIcon({
    className: "mark-icon",
    html: mark(status),
    iconSize: [MARK_SIZE, MARK_SIZE],
  });
  return bindPopup(L.marker(latlng, { icon, riseOnHover: true }), [feature]);
}

function clusterMarker({ map }, { features, latlng }) {
  const count = features.length;
  const text = document.createElement("span");
  text.className = count > 99 ? "cluster big" : "cluster";
  text.textContent = count;
  const icon = L.divIcon({ className: "mark-icon", html: text, iconSize: [MARK_SIZE, MARK_SIZE] });
  const marker = L.marker(latlng, { icon });
  if (map.getZoom() >= map.getMaxZoom()) return bindPopup(marker, features);
  const words = document.getElementById("report-popup").dataset.cluster.replace("{count}", count);
  marker.on("add", () => marker.getElement().setAttribute("aria-label", words));
  // Leaflet makes no click of a key.
  marker.on("keypress", ({ originalEvent: { key } }) => key === "Enter" && approach(map, features));
  return marker.on("click", () => approach(map, features));
}

function approach(map, features) {
  const bounds = boundsOf(features);
  const zoom = Math.min(map.getBoundsZoom(bounds.pad(0.2)), map.getMaxZoom());
  map.setView(bounds.getCenter(), Math.max(zoom, map.getZoom() + 1));
  map.getContainer().focus({ preventScroll: true });
}

function boundsOf(features) {
  return L.latLngBounds(
    features.map(
      ({
        geometry: {
          coordinates: [lng, lat],
        },
      }) => [lat, lng],
    ),
  );
}

function mark(status) {
  const marks = document.getElementById("report-marks").content;
  return marks.querySelector(`[data-status="${status}"]`).cloneNode(true);
}
