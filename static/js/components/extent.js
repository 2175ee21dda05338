/**
 * More than a point: places of the pin become corners of a line or an area, by taps, by words or by
 * keys. Where the pin stood before is offered as the first. The hidden field `extent` holds it as
 * GeoJSON (EPSG:4326), empty while it is only a point.
 */
import { cornersMissing, cornersOf, geometryOf } from "../lib/corners.js";
import { placeInWords } from "../lib/place-words.js";
import { say } from "../lib/words.js";

// While the pin is moved step by step, no place on the way is asked for.
const SETTLE_MS = 300;
// The last question for the words of an element.
const timers = new WeakMap();

/**
 * `onChange(corners, isArea)` after every change, `onMoveTo(latlng)` when the last corner went.
 * Returns {put(latlng, isNew), restore(), isPoint(), forget()}: `isNew` false moves the last corner;
 * `forget` takes a point away.
 */
export function createExtent(form, { onChange, onMoveTo }) {
  const section = form.querySelector("[data-extent]");
  const extent = {
    section,
    field: form.elements.extent,
    list: section.querySelector("[data-corners]"),
    said: section.querySelector("[data-extent-said]"),
    undo: section.querySelector("[data-undo]"),
    offer: section.querySelector("[data-from-pin]"),
    locateUrl: form.dataset.locateUrl,
    corners: [],
    // Where the pin stood when the first corner was still to be chosen.
    offered: null,
    onChange,
    onMoveTo,
  };
  for (const radio of section.querySelectorAll("[name=shape]")) {
    radio.addEventListener("change", () => change(extent));
  }
  extent.undo.addEventListener("click", () => removeAt(extent, extent.corners.length - 1));
  extent.offer.querySelector("button").addEventListener("click", () => startAtPin(extent));
  return {
    put: (latlng, isNew) => put(extent, latlng, isNew),
    restore: () => restore(extent),
    isPoint: () => shapeOf(extent) === "point",
    forget: () => {
      extent.corners = [];
      extent.offered = null;
      extent.section.hidden = true;
    },
  };
}

function put(extent, { lat, lng }, isNew) {
  const place = { lat, lng };
  if (extent.offered && !isNew) extent.offered = place;
  else {
    const keeps = shapeOf(extent) !== "point" && isNew;
    if (!keeps) extent.corners.pop();
    extent.corners.push(place);
    extent.offered = null;
  }
  extent.section.hidden = false;
  settle(extent);
}

// A point again: only where the pin stands stays. From a point, its place is offered.
function change(extent) {
  const { corners, offered } = extent;
  if (shapeOf(extent) === "point") {
    extent.corners = offered ? [offered] : corners.slice(-1);
    extent.offered = null;
  } else if (extent.wasPoint) {
    extent.offered = corners[0] ?? null;
    extent.corners = [];
  }
  settle(extent);
}

function startAtPin(extent) {
  extent.corners = [extent.offered];
  extent.offered = null;
  settle(extent);
  extent.section.querySelector("[name=shape]:checked").focus();
}

function removeAt(extent, index) {
  extent.corners.splice(index, 1);
  const last = extent.corners.at(-1);
  if (last && index === extent.corners.length) extent.onMoveTo(last);
  settle(extent);
  (extent.undo.hidden ? extent.section.querySelector("[name=shape]:checked") : extent.undo).focus();
}

function restore(extent) {
  const geometry = extent.field.value && JSON.parse(extent.field.value);
  if (!geometry) return;
  const { shape, corners } = cornersOf(geometry);
  extent.corners = corners;
  extent.section.querySelector(`[name=shape][value=${shape}]`).checked = true;
  extent.section.hidden = false;
  settle(extent);
}

function settle(extent) {
  const { corners } = extent;
  const shape = shapeOf(extent);
  const geometry = geometryOf(corners, shape);
  extent.field.value = geometry ? JSON.stringify(geometry) : "";
  extent.wasPoint = shape === "point";
  extent.undo.hidden = shape === "point" || corners.length < 2;
  showOffer(extent);
  list(extent, shape);
  const left = cornersMissing(corners, shape);
  extent.said.textContent =
    shape === "point"
      ? ""
      : left > 0
        ? say("cornersLeft", { left })
        : say("corners", { count: corners.length });
  extent.onChange(shape === "point" ? [] : corners, shape === "area");
}

function showOffer({ offer, offered, locateUrl }) {
  offer.hidden = !offered;
  if (!offered) return;
  sayPlace(offer.querySelector("[data-from-pin-said]"), locateUrl, offered, (place) =>
    say("fromPin", { place }),
  );
}

// The coordinates at once, the words when they come; by then the element may stand for nothing.
function sayPlace(element, locateUrl, place, sentence) {
  element.textContent = sentence(`${place.lat.toFixed(5)}, ${place.lng.toFixed(5)}`);
  clearTimeout(timers.get(element));
  const timer = setTimeout(async () => {
    if (!element.isConnected) return;
    const words = await placeInWords(locateUrl, place);
    if (words && timers.get(element) === timer) element.textContent = sentence(words);
  }, SETTLE_MS);
  timers.set(element, timer);
}

function list(extent, shape) {
  extent.list.hidden = shape === "point";
  extent.list.replaceChildren(
    ...(shape === "point" ? [] : extent.corners.map((one, i) => row(extent, one, i))),
  );
}

function row(extent, corner, index) {
  const item = document.getElementById("corner-row").content.firstElementChild.cloneNode(true);
  sayPlace(item.querySelector("span"), extent.locateUrl, corner, (place) =>
    say("corner", { number: index + 1, place }),
  );
  const button = item.querySelector("button");
  button.setAttribute("aria-label", say("cornerRemove", { number: index + 1 }));
  button.hidden = extent.corners.length < 2;
  button.addEventListener("click", () => removeAt(extent, index));
  return item;
}

function shapeOf({ section }) {
  return section.querySelector("[name=shape]:checked").value;
}
