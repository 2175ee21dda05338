/**
 * The map of the city: district outlines and names from our own data, streets beneath where there is
 * a base map (base.js). Works without one.
 *
 * Reads the JSON of the element "map-config": {districtsUrl, reportsUrl, tileUrl, tileAttribution,
 * baseMap, bounds: [west, south, east, north], center: [lat, lng], zoom, texts}.
 * All coordinates are EPSG:4326; latlng is Leaflet's {lat, lng}.
 */
/* global L */
import { inTurns, nextTurn } from "../lib/turns.js";
import { hasStreets, layBase } from "./base.js";
import { addLabels } from "./labels.js";
import { districtAt } from "./polygons.js";

const CLOSE_ZOOM = 15;
// Numbers of houses can be read here.
const STREET_ZOOM = 17;
// Outlines drawn between two looks at what the reader does.
const AT_ONCE = 4;

export function readConfig() {
  return JSON.parse(document.getElementById("map-config").textContent);
}

/**
 * Draws the city into `element` and resolves to {map, districts} once the outlines are there
 * (or could not be had: the map still works, `districts.find` then answers null).
 * `districts.find(latlng)` → {code, name, borough} | null; `districts.select(code | null, edition)`
 * marks it, and draws the boundaries anew if the code comes from another edition than they;
 * `districts.show(code, streetBounds)` brings it into view, or of it a street ([west, south, east, north]); `districts.tint([code, code], chosen)` tells two apart;
 * `districts.shade(shades)` colours them by a Map of code → shade, an empty one takes the colours away; `districts.middle(code)` → latlng | null.
 */
export async function createCityMap(element) {
  const config = readConfig();
  // What the page itself has started is shown first.
  await nextTurn();
  const map = startMap(element, config);
  // A page about other boundaries than those in force says where they are.
  const { districtsUrl = config.districtsUrl } = element.dataset;
  const districts = await drawDistricts(map, { ...config, districtsUrl });
  element.dataset.ready = "true";
  // Nobody waits for it: by now a pin can be set.
  lay(map, config);
  return { map, districts };
}

/** The map without districts: Leaflet in our words, and what lies beneath. */
export function createGround(element) {
  const config = readConfig();
  const map = startMap(element, config);
  lay(map, config);
  return map;
}

async function lay(map, config) {
  await layBase(map, config, () => sayOnMap(map, config.texts.baseMapFailed));
  map.getContainer().dataset.laid = "true";
}

function startMap(element, config) {
  const { bounds, texts } = config;
  const city = boundsOf(bounds);
  const map = L.map(element, {
    zoomControl: false,
    scrollWheelZoom: false,
    // Tiles are sharp only at whole steps.
    zoomSnap: hasStreets(config) ? 1 : 0.25,
    minZoom: 9,
    maxZoom: 19,
    maxBounds: city.pad(0.35),
    fadeAnimation: !isStill(),
    zoomAnimation: !isStill(),
    markerZoomAnimation: !isStill(),
  });
  L.control.zoom({ zoomInTitle: texts.zoomIn, zoomOutTitle: texts.zoomOut }).addTo(map);
  map.attributionControl.setPrefix(false).addAttribution(texts.boundaries);
  map.fitBounds(city);
  zoomByWheelOnlyInUse(map);
  // From near, one district would be a sheet of colour: then only its border is marked.
  map.on("zoomend", () => element.classList.toggle("is-close", map.getZoom() >= CLOSE_ZOOM));
  return map;
}

function isStill() {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches;
}

// A page that scrolls must not be caught by the map lying in its way.
function zoomByWheelOnlyInUse(map) {
  map.on("focus click", () => map.scrollWheelZoom.enable());
  map.on("blur", () => map.scrollWheelZoom.disable());
  map.getContainer().addEventListener("mouseleave", () => map.scrollWheelZoom.disable());
}

async function drawDistricts(map, { districtsUrl, texts }) {
  try {
    return await outlines(map, await fetchDistricts(districtsUrl), districtsUrl);
  } catch (reason) {
    console.warn(reason);
    sayOnMap(map, texts.districtsFailed);
    return {
      find: () => null,
      select: () => {},
      show: () => {},
      tint: () => {},
      shade: () => {},
      middle: () => null,
    };
  }
}

async function fetchDistricts(url) {
  // As plain as the form's preload asks for it: a browser need not take that for another request.
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`districts: ${answer.status}`);
  return await answer.json();
}

async function outlines(map, collection, url) {
  let shown = await draw(map, collection, fillWith);
  map.setMinZoom(Math.floor(map.getZoom()) - 1);
  // Boundaries came into force while the page was open.
  const renew = async () => {
    const newer = await fetchDistricts(url);
    shown.remove();
    shown = await draw(map, newer);
  };
  return {
    find: (latlng) => districtAt(shown.collection.features, latlng),
    select: async (code, edition = shown.collection.edition) => {
      if (edition !== shown.collection.edition) await renew().catch(console.warn);
      selectOne(shown.paths, code);
    },
    // At once: while Leaflet zooms, it forgets where else it is asked to go.
    show: (code, streetBounds) => {
      const bounds = streetBounds ? boundsOf(streetBounds) : shown.paths.get(code).getBounds();
      map.fitBounds(bounds, { animate: false, maxZoom: STREET_ZOOM });
    },
    tint: (codes, chosen) => tintSides(shown.paths, codes, chosen),
    shade: (shades) => shadeAll(shown.paths, shades),
    middle: (code) => shown.paths.get(code)?.getCenter() ?? null,
  };
}

/** `place(map, bounds)` moves the map before anything is drawn, so that nothing is drawn twice. */
async function draw(map, collection, place = () => {}) {
  const paths = new Map();
  const layer = L.geoJSON(collection, {
    style: () => ({ className: "district", weight: 1.5 }),
    onEachFeature: (feature, path) => paths.set(feature.properties.code, path),
  });
  // A draft may be empty.
  if (paths.size) place(map, layer.getBounds());
  await nextTurn();
  await inTurns([...paths.values()], AT_ONCE, (path) => {
    path.addTo(map);
    // What stands on the map already stays above.
    path.bringToBack();
  });
  const removeLabels = await addLabels(map, paths);
  const remove = () => {
    removeLabels();
    for (const path of paths.values()) path.remove();
  };
  return { collection, paths, remove };
}

function boundsOf([west, south, east, north]) {
  return L.latLngBounds([south, west], [north, east]);
}

function tintSides(layers, codes, chosen) {
  for (const [key, path] of layers) {
    const classes = path.getElement()?.classList;
    classes?.toggle("is-one-side", key === codes[0]);
    classes?.toggle("is-other-side", key === codes[1]);
    classes?.toggle("is-chosen-side", Boolean(chosen) && key === chosen);
  }
}

function shadeAll(layers, shades) {
  for (const [key, path] of layers) {
    const element = path.getElement();
    if (!element) continue;
    if (shades.has(key)) element.dataset.shade = shades.get(key);
    else delete element.dataset.shade;
  }
}

// As near as the city fits, not as near as the next step of the zoom.
function fillWith(map, bounds) {
  const { zoomSnap } = map.options;
  // So far away even tiles need not be sharp, unless they are pictures.
  if (!readConfig().tileUrl) map.options.zoomSnap = 0;
  map.fitBounds(bounds, { padding: [4, 4], animate: false });
  map.options.zoomSnap = zoomSnap;
}

function selectOne(layers, code) {
  for (const [key, path] of layers) {
    path.getElement()?.classList.toggle("is-selected", key === code);
    if (key === code) path.bringToFront();
  }
}

/** A sentence in the corner of the map, read out by screen readers. */
export function sayOnMap(map, text) {
  const control = L.control({ position: "bottomleft" });
  control.onAdd = () => {
    const box = L.DomUtil.create("p", "map-message");
    box.setAttribute("role", "status");
    box.textContent = text;
    return box;
  };
  return control.addTo(map);
}
