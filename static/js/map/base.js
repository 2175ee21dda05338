/**
 * What lies beneath every map: streets of the city's own base map; or picture tiles where the setting
 * gives an address; or else the numbers of houses that the portal knows. It comes last, when the map
 * can be used already, and the map works without it.
 */
/* global L */
import { drawNumbers } from "./numbers.js";

/** Whether `config` names something to lay, so that a street may be shown from near. */
export function hasStreets({ tileUrl, baseMap }) {
  return Boolean(tileUrl || baseMap);
}

/**
 * Lays what `config` names ({tileUrl, tileAttribution}, {baseMap: {url, script, attribution}} or
 * {numbers: {url, attribution}}) beneath `map`. `onFail()` is called once if it cannot be had or is broken. Resolves when it lies
 * there, or when it failed.
 */
export async function layBase(map, { tileUrl, tileAttribution, baseMap, numbers }, onFail) {
  if (tileUrl) {
    stepBack(map);
    L.tileLayer(tileUrl, { attribution: tileAttribution, maxZoom: 19 }).addTo(map);
  } else if (baseMap) {
    await rest();
    try {
      const { createBaseLayer } = await import(baseMap.script);
      await createBaseLayer(map, { ...baseMap, onShown: () => stepBack(map), onFail });
    } catch (reason) {
      console.warn(reason);
      onFail();
    }
  } else if (numbers) {
    drawNumbers(map, numbers);
  }
}

// What is drawn of our own makes way for the streets.
function stepBack(map) {
  map.getContainer().classList.add("has-tiles");
}

// Everything that the page itself needs has come, and nothing waits to be done.
async function rest() {
  if (document.readyState !== "complete") {
    await new Promise((done) => window.addEventListener("load", done, { once: true }));
  }
  await new Promise((done) => {
    if (window.requestIdleCallback) window.requestIdleCallback(done, { timeout: 2000 });
    else setTimeout(done);
  });
}
