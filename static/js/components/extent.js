/**
 * More than a point: the pin's places become corners of a line or an area, by taps, by words or by
 * keys. The hidden field `extent` holds it as GeoJSON (EPSG:4326), empty while it is only a point.
 */
import { cornersMissing, cornersOf, geometryOf } from "../lib/corners.js";
import { say } from "../lib/words.js";

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
    corners: [],
    onChange,
    onMoveTo,
  };
  for (const radio of section.querySelectorAll("[name=shape]")) {
    radio.addEventListener("change", () => change(extent));
  }
  extent.undo.addEventListener("click", () => removeAt(extent, extent.corners.length - 1));
  return {
    put: (latlng, isNew) => put(extent, latlng, isNew),
    restore: () => restore(extent),
    isPoint: () => shapeOf(extent) === "point",
    forget: () => {
      extent.corners = [];
      extent.section.hidden = true;
    },
  };
}

function put(extent, { lat, lng }, isNew) {
  const keeps = shapeOf(extent) !== "point" && isNew;
  if (!keeps) extent.corners.pop();
  extent.corners.push({ lat, lng });
  extent.section.hidden = false;
  settle(extent);
}

// A point again: only where the pin stands stays.
function change(extent) {
  if (shapeOf(extent) === "point") extent.corners = extent.corners.slice(-1);
  settle(extent);
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
  extent.undo.hidden = shape === "point" || corners.length < 2;
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

function list(extent, shape) {
  extent.list.hidden = shape === "point";
  extent.list.replaceChildren(
    ...(shape === "point" ? [] : extent.corners.map((one, i) => row(extent, one, i))),
  );
}

function row(extent, { lat, lng }, index) {
  const item = document.getElementById("corner-row").content.firstElementChild.cloneNode(true);
  item.querySelector("span").textContent = say("corner", {
    number: index + 1,
    place: `${lat.toFixed(5)}, ${lng.toFixed(5)}`,
  });
  const button = item.querySelector("button");
  button.setAttribute("aria-label", say("cornerRemove", { number: index + 1 }));
  button.hidden = extent.corners.length < 2;
  button.addEventListener("click", () => removeAt(extent, index));
  return item;
}

function shapeOf({ section }) {
  return section.querySelector("[name=shape]:checked").value;
}
