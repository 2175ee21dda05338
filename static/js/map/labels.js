/** District names on the map: as many as fit without touching each other. */
/* global L */

export function addLabels(map, layers) {
  const pane = map.createPane("labels");
  pane.setAttribute("aria-hidden", "true");
  const labels = [...layers.values()]
    .map((path) => label(map, path))
    .sort((a, b) => b.size - a.size);
  const arrange = () => showThoseThatFit(map, labels);
  map.on("zoomend resize", arrange);
  arrange();
}

function label(map, path) {
  const { name, label_point: point } = path.feature.properties;
  const text = document.createElement("span");
  text.textContent = name;
  const icon = L.divIcon({ className: "district-label", html: text, iconSize: [0, 0] });
  const at = point ? [point[1], point[0]] : path.getCenter();
  const marker = L.marker(at, { icon, pane: "labels", interactive: false, keyboard: false }).addTo(
    map,
  );
  const bounds = path.getBounds();
  return { marker, text, bounds, size: bounds.getNorthEast().distanceTo(bounds.getSouthWest()) };
}

function showThoseThatFit(map, labels) {
  const taken = [];
  for (const one of labels) {
    const box = boxOf(map, one);
    const fits =
      box.width < widthOf(map, one.bounds) * 1.1 && !taken.some((other) => touches(box, other));
    one.text.classList.toggle("is-crowded", !fits);
    if (fits) taken.push(box);
  }
}

function boxOf(map, { marker, text }) {
  const { x, y } = map.latLngToLayerPoint(marker.getLatLng());
  const width = text.offsetWidth;
  const height = text.offsetHeight;
  return {
    left: x - width / 2,
    right: x + width / 2,
    top: y - height / 2,
    bottom: y + height / 2,
    width,
  };
}

function widthOf(map, bounds) {
  return (
    map.latLngToLayerPoint(bounds.getNorthEast()).x -
    map.latLngToLayerPoint(bounds.getSouthWest()).x
  );
}

function touches(a, b) {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
