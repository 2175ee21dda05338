/** Reports of others near the pin, as plain marks; the list beside the map says what they are. */
/* global L */

/** Returns {show(features)}: GeoJSON points (EPSG:4326) that replace those shown before. */
export function createOthers(map) {
  const layer = L.layerGroup().addTo(map);
  return { show: (features) => show(layer, features) };
}

function show(layer, features) {
  layer.clearLayers();
  for (const { geometry, properties } of features) {
    const [lng, lat] = geometry.coordinates;
    const mark = L.circleMarker([lat, lng], { className: "other-mark", radius: 9 });
    mark.bindTooltip(`${properties.category_name}: ${properties.status_text}`).addTo(layer);
  }
}
