/** The map of the report form with what stands on it: the pin, its line or area, reports nearby. */
import { createCityMap } from "./city.js";
import { createExtentLayer } from "./extent.js";
import { createOthers } from "./others.js";
import { createPin } from "./pin.js";
import { createSides } from "./sides.js";

/**
 * Draws into `element`; `label` and `onMove(latlng, isNew)` are those of the pin. What it returns can
 * be used at once: until the map is there, and when it cannot be had, moving the pin only calls
 * `onMove`, and the rest does nothing. `drawn` resolves when the pin can be set, and rejects when the
 * map cannot be had; the page then puts its place and its extent on the map.
 */
export function createFormMap(element, { label, onMove }) {
  const map = {
    movePin: (latlng, isNew = true) => onMove(latlng, isNew),
    stepPin: () => {},
    keepPinClear: () => {},
    removePin: () => {},
    showExtent: () => {},
    showOthers: () => {},
    selectDistrict: () => {},
    showDistrict: () => {},
    showSides: () => {},
  };
  map.drawn = draw(element, { label, onMove }).then((acts) => {
    Object.assign(map, acts);
    element.dataset.pinReady = "true";
  });
  return map;
}

async function draw(element, { label, onMove }) {
  const { map, districts } = await createCityMap(element);
  const others = createOthers(map);
  const extent = createExtentLayer(map);
  const pin = createPin(map, { label, onMove });
  return {
    movePin: pin.moveTo,
    stepPin: pin.moveBy,
    keepPinClear: pin.keepClear,
    removePin: pin.remove,
    showExtent: extent.show,
    showOthers: others.show,
    selectDistrict: districts.select,
    showDistrict: districts.show,
    showSides: createSides(map, districts).show,
  };
}
