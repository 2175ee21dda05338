/**
 * Districts in colours, each with its number on it: the rows of the list of districts, drawn. The
 * numbers are reached by keyboard; a pointer presses the district itself.
 */
/* global L */
import { hits } from "./labels.js";

const SIZE = [44, 24];

/** Returns {show(rows)}: [{code, number, shade, words}], the most important first; none takes all away. `onPress(code, latlng, element)`. */
export function createShades(map, districts, { onPress }) {
  const layer = L.layerGroup().addTo(map);
  let numbers = [];
  map.on("zoomend", () => hideCrowded(map, numbers));
  return {
    show: (rows) => {
      layer.clearLayers();
      districts.shade(new Map(rows.map(({ code, shade }) => [code, shade])));
      numbers = rows.flatMap((row) => numberOn(districts.middle(row.code), row, onPress) ?? []);
      for (const marker of numbers) marker.addTo(layer);
      hideCrowded(map, numbers);
    },
  };
}

function numberOn(at, { code, number, words }, onPress) {
  if (!at) return null;
  const text = document.createElement("span");
  text.textContent = number;
  const icon = L.divIcon({ className: "district-number", html: text, iconSize: SIZE });
  const marker = L.marker(at, { icon });
  marker.on("add", () => marker.getElement().setAttribute("aria-label", words));
  marker.on("keypress", ({ originalEvent: { key } }) => {
    if (key === "Enter") onPress(code, at, marker.getElement());
  });
  return marker;
}

/** Where the city is small, some would lie over others; the list has them all. */
function hideCrowded(map, numbers) {
  const boxes = numbers.map((marker) => boxOf(map, marker));
  const taken = [];
  for (const [index, marker] of numbers.entries()) {
    const isCrowded = hits(boxes[index], taken);
    marker.getElement().classList.toggle("is-crowded", isCrowded);
    if (!isCrowded) taken.push(boxes[index]);
  }
}

function boxOf(map, marker) {
  const { offsetWidth: width, offsetHeight: height } = marker.getElement().firstElementChild;
  const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}
