/**
 * Reports on a city map: one mark each; many, or marks that would touch, as one circle with a count.
 * Markup and words come from components/map_templates.html on the same page.
 */
/* global L */

import { fetchPatiently } from "../lib/patience.js";
import { inTurns } from "../lib/turns.js";
import { groupApart } from "./cells.js";
import { readConfig, sayOnMap } from "./city.js";
import { bindPopup } from "./popups.js";

const MARK_SIZE = 44;
const SETTLE_MS = 250;
// Marks of one turn; between turns the browser answers to whoever uses the page.
const A_TURN = 40;

/**
 * Keeps the reports of the visible part of `map` on it: marks one by one, or circles with exact
 * numbers where there are many. `query`: the filters, as an address has them; null shows none.
 * Resolves after the first draw to {select(query), mark(place | null)}: `select` shows others;
 * `mark` marks what stands for the report {reference, lon, lat}. The map fires "reportspointed" with
 * the `references` of the mark that somebody points at, none of a circle of which only the numbers
 * are known.
 */
export async function showReports(map, query) {
  const layer = L.layerGroup().addTo(map);
  // A page of staff asks for reports that only they may see.
  const { dataUrl = readConfig().dataUrl } = map.getContainer().dataset;
  const state = { map, layer, query, dataUrl, drawn: new Map(), features: [], clusters: [] };
  let timer;
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(state), SETTLE_MS);
  });
  map.on("zoomend", () => {
    // Circles of another zoom say nothing of this one.
    if (state.clusters.length === 0) redraw(state);
  });
  await load(state);
  return {
    select: (other) => {
      state.query = other;
      state.loaded = null;
      return load(state);
    },
    mark: (place) => markOne(state, place),
  };
}

function markOne({ drawn, clusters, map }, place) {
  for (const marker of drawn.values()) marker.getElement()?.classList.remove("is-marked");
  if (!place) return;
  const marker = [...drawn.values()].find(({ references }) => references?.has(place.reference));
  const cluster = clusters.find(({ extent }) => holds(extent, place));
  const found = marker ?? (cluster && drawn.get(keyOf(cluster, map)));
  found?.getElement()?.classList.add("is-marked");
}

function holds([west, south, east, north], { lon, lat }) {
  return west <= lon && lon < east && south < lat && lat <= north;
}

/** Draws just these GeoJSON features and shows them all: the map beside a list. */
export function showSelection(map, features) {
  const layer = L.layerGroup().addTo(map);
  const state = { map, layer, drawn: new Map(), features, clusters: [] };
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
  if (state.query === null) return showNone(state);
  const zoom = Math.round(state.map.getZoom());
  if (isLoaded(state, zoom)) return;
  const bounds = state.map.getBounds().pad(0.3);
  state.request?.abort();
  state.request = new AbortController();
  try {
    const answer = await fetchPatiently(addressFor(bounds, zoom, state), state.request);
    if (!answer.ok) throw new Error(`reports: ${answer.status}`);
    take(state, await answer.json());
    state.loaded = { bounds, zoom };
    await redraw(state);
  } catch (reason) {
    if (reason.name === "AbortError") return;
    console.warn(reason);
    tell(state, readConfig().texts.reportsFailed);
  }
}

function showNone(state) {
  state.request?.abort();
  take(state, { reports: [], clusters: [], more_than: null });
  return redraw(state);
}

// Reports one by one stay right from nearer too.
function isLoaded({ map, loaded, clusters }, zoom) {
  if (!loaded?.bounds.contains(map.getBounds())) return false;
  return loaded.zoom === zoom || (clusters.length === 0 && zoom > loaded.zoom);
}

function take(state, { reports, clusters, more_than: moreThan }) {
  state.features = reports.map(asFeature);
  state.clusters = clusters;
  tell(state, moreThan === null ? "" : readConfig().texts.tooMany);
}

function asFeature({ lon, lat, words, ...properties }) {
  return {
    geometry: { coordinates: [lon, lat] },
    properties: { ...properties, place: words },
  };
}

function addressFor(bounds, zoom, { query, dataUrl }) {
  const box = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
  const url = new URL(dataUrl, window.location.href);
  url.search = query;
  url.searchParams.set("bbox", box.map((degrees) => degrees.toFixed(5)).join(","));
  url.searchParams.set("zoom", zoom);
  return url;
}

function tell(state, text) {
  if (state.said?.text === text) return;
  state.said?.control.remove();
  state.said = text ? { text, control: sayOnMap(state.map, text) } : null;
}

// Marks that stay are kept as they are, so that focus and an open popup survive a new load.
async function redraw(state) {
  const groups = groupApart(state.map, state.features, MARK_SIZE);
  for (const cluster of state.clusters) groups.set(keyOf(cluster, state.map), { cluster });
  for (const [key, marker] of state.drawn) {
    if (!groups.has(key)) {
      state.layer.removeLayer(marker);
      state.drawn.delete(key);
    }
  }
  const fresh = [...groups].filter(([key]) => !state.drawn.has(key));
  state.turn = {};
  const { turn } = state;
  const put = ([key, group]) => state.drawn.set(key, draw(state, group));
  await inTurns(fresh, A_TURN, put, () => turn === state.turn);
}

function keyOf({ count, extent, statuses }, map) {
  return `${Math.round(map.getZoom())}:${extent}:${count}:${JSON.stringify(statuses)}`;
}

function draw(state, group) {
  const marker = markerOf(state, group);
  if (group.features) {
    marker.references = new Set(group.features.map(({ properties }) => properties.reference));
    const point = (references) => state.map.fire("reportspointed", { references });
    marker.on("mouseover focus", () => point(marker.references));
    marker.on("mouseout blur", () => point(new Set()));
  }
  return marker.addTo(state.layer);
}

function markerOf(state, group) {
  if (group.cluster) return summedMarker(state, group.cluster);
  return group.features.length > 1 ? clusterMarker(state, group) : reportMarker(group);
}

function reportMarker({ features: [feature], latlng }) {
  const { status, icon: symbol } = feature.properties;
  const icon = L.divIcon({
    className: "mark-icon",
    html: mark(status, symbol),
    iconSize: [MARK_SIZE, MARK_SIZE],
  });
  return bindPopup(L.marker(latlng, { icon, riseOnHover: true }), [feature]);
}

/** Reports near each other, all of which are known. */
function clusterMarker({ map }, { features, latlng }) {
  const marker = circle(latlng, features.length);
  if (map.getZoom() >= map.getMaxZoom()) return bindPopup(marker, features);
  const words = clusterWords(features.length, countStatuses(features));
  return onPress(marker, words, () => approach(map, boundsOf(features)));
}

/** A circle of which only the numbers are known. Its press goes nearer, at the end to the list. */
function summedMarker({ map }, { lon, lat, count, statuses, extent }) {
  const [west, south, east, north] = extent;
  const marker = circle([lat, lon], count);
  return onPress(marker, clusterWords(count, statuses), () => {
    const bounds = L.latLngBounds([south, west], [north, east]);
    if (map.getZoom() < map.getMaxZoom()) approach(map, bounds);
    else map.fire("listasked", { bounds });
  });
}

function circle(latlng, count) {
  const text = document.createElement("span");
  text.className = count > 9999 ? "cluster huge" : count > 99 ? "cluster big" : "cluster";
  text.textContent = count.toLocaleString(document.documentElement.lang);
  const icon = L.divIcon({ className: "mark-icon", html: text, iconSize: [MARK_SIZE, MARK_SIZE] });
  return L.marker(latlng, { icon });
}

function onPress(marker, words, act) {
  marker.on("add", () => marker.getElement().setAttribute("aria-label", words));
  // Leaflet makes no click of a key.
  marker.on("keypress", ({ originalEvent: { key } }) => key === "Enter" && act());
  return marker.on("click", act);
}

function countStatuses(features) {
  const counts = {};
  for (const { properties } of features) {
    counts[properties.status] = (counts[properties.status] ?? 0) + 1;
  }
  return counts;
}

function clusterWords(count, statuses) {
  const badges = document.getElementById("report-badges").content;
  const parts = Object.entries(statuses).map(([status, number]) => {
    const label = badges.querySelector(`[data-status="${status}"]`).textContent.trim();
    return `${label}: ${number}`;
  });
  const { cluster } = document.getElementById("report-popup").dataset;
  return cluster.replace("{count}", count).replace("{statuses}", parts.join(", "));
}

function approach(map, bounds) {
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

// Of the public's reports the shape says the status, and the symbol the matter.
function mark(status, symbol) {
  const marks = document.getElementById("report-marks").content;
  const shape = marks.querySelector(`[data-status="${status}"]`).cloneNode(true);
  if (symbol) {
    const use = shape.querySelector("use");
    use.setAttribute("href", use.getAttribute("href").replace(/#.*/, `#${symbol}`));
  }
  return shape;
}
