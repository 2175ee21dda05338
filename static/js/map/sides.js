/** Both sides of a border: the two districts tinted, and their names on either side of the pin. */
/* global L */

// So far from the border the edge of a name begins, that it does not cover the pin.
const AWAY_PX = 30;

/**
 * Returns {show(border, code)}: `border` as the API gives it, with `location` (GeoJSON, EPSG:4326) and
 * for each side a `bearing` in degrees clockwise from north; null takes all away. `code` is the chosen
 * district.
 */
export function createSides(map, districts) {
  const layer = L.layerGroup().addTo(map);
  return {
    show: (border, code) => {
      layer.clearLayers();
      districts.tint(border ? border.sides.map((side) => side.code) : [], code);
      for (const side of border?.sides ?? []) name(border.location, side, code).addTo(layer);
    },
  };
}

function name({ coordinates: [lng, lat] }, side, code) {
  const text = document.createElement("span");
  text.textContent = side.name;
  text.classList.toggle("is-chosen", side.code === code);
  const angle = (side.bearing * Math.PI) / 180;
  const [right, down] = [Math.sin(angle), -Math.cos(angle)];
  text.style.transform = `translate(${50 * right - 50}%, ${50 * down - 50}%)`;
  const icon = L.divIcon({
    className: "side-label",
    html: text,
    iconSize: [0, 0],
    iconAnchor: [-AWAY_PX * right, -AWAY_PX * down],
  });
  const options = { icon, pane: "labels", interactive: false, keyboard: false };
  // Above the names of all districts.
  return L.marker([lat, lng], { ...options, zIndexOffset: 10_000 });
}
