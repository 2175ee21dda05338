/** A line or an area under the pin, drawn from its corners. Latitudes and longitudes are EPSG:4326. */
/* global L */

/** Returns {show(corners, isArea)}; fewer than two corners draw nothing. */
export function createExtentLayer(map) {
  const layer = L.layerGroup().addTo(map);
  return { show: (corners, isArea) => show(layer, corners, isArea) };
}

/** A stored GeoJSON line or area on a map that is only looked at; the view holds all of it. */
export function showExtent(map, geojson) {
  const layer = L.geoJSON(geojson, { style: styleOf, interactive: false }).addTo(map);
  map.fitBounds(layer.getBounds(), { maxZoom: 17, padding: [24, 24], animate: false });
}

function show(layer, corners, isArea) {
  layer.clearLayers();
  if (corners.length < 2) return;
  const isClosed = isArea && corners.length > 2;
  const className = isClosed ? "extent is-area" : "extent";
  (isClosed ? L.polygon : L.polyline)(corners, { className, interactive: false }).addTo(layer);
  for (const corner of corners.slice(0, -1)) {
    L.circleMarker(corner, { className: "corner", radius: 6, interactive: false }).addTo(layer);
  }
}

function styleOf({ type }) {
  return { className: type === "Polygon" ? "extent is-area" : "extent" };
}
