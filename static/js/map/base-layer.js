/** Draws the base map, one PMTiles file in the schema of Protomaps. */
/* global L */
import { leafletLayer } from "protomaps-leaflet";
import { labelRules, paintRules } from "./streets.js";

// Tiles that were read are kept for as long as this many others are; each may take a megabyte.
const KEPT_TILES = 24;
// A canvas of three pixels a point would take twice the memory, and nobody sees it.
const SHARPEST = 2;
const DEEPEST = 15;

/**
 * Adds the file at `url` to `map`. `onShown()` once the first streets are drawn; `onFail()` once if a
 * part cannot be had or read. Rejects if nothing can be had at all.
 */
export async function createBaseLayer(map, { url, attribution, onShown, onFail }) {
  const layer = leafletLayer({
    url,
    attribution,
    lang: "pl",
    maxDataZoom: DEEPEST,
    keepBuffer: 1,
    devicePixelRatio: Math.min(window.devicePixelRatio, SHARPEST),
    ...rules(map),
  });
  const [view] = layer.views.values();
  // Is it there, and is it such a file?
  await view.tileCache.source.p.getHeader();
  tellOfFailures(view.tileCache.source, onFail);
  layer.once("load", onShown).addTo(map);
  map.on("moveend", () => forgetTiles(view.tileCache));
  const scheme = window.matchMedia("(prefers-color-scheme: dark)");
  scheme.addEventListener("change", () => {
    Object.assign(layer, rules(map));
    layer.clearLayout();
    layer.rerenderTiles();
  });
}

function rules(map) {
  const style = getComputedStyle(map.getContainer());
  const token = (name) => style.getPropertyValue(`--base-${name}`).trim();
  const font = style.fontFamily;
  return { paintRules: paintRules(token), labelRules: labelRules(token, font) };
}

// A tile that cannot be read stays empty.
function tellOfFailures(source, onFail) {
  const get = source.get.bind(source);
  let isTold = false;
  source.get = async (...wanted) => {
    const tile = get(...wanted);
    const { controller } = source.zoomaborts.at(-1);
    try {
      return await tile;
    } catch (reason) {
      // Firefox calls it an abort too when a tile cannot be unpacked.
      if (controller.signal.aborted) throw reason;
      console.warn(reason);
      if (!isTold) onFail();
      isTold = true;
      return new Map();
    }
  };
}

// protomaps-leaflet keeps 64 parsed tiles, which is some hundred megabytes in a city's middle.
function forgetTiles({ cache, source }) {
  const oldest = [...cache].sort(([, one], [, other]) => one.used - other.used);
  for (const [key] of oldest.slice(0, Math.max(0, cache.size - KEPT_TILES))) cache.delete(key);
  source.zoomaborts.splice(0, Math.max(0, source.zoomaborts.length - KEPT_TILES));
}
