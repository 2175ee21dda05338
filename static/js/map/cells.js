/** Reports that would cover each other at this zoom, grouped by cells of the projected plane. */

/** → Map of key → {features, latlng}; keys are stable while the map only pans. */
export function groupByCell(map, features, size) {
  const cells = new Map();
  for (const feature of features) {
    const [lng, lat] = feature.geometry.coordinates;
    const { x, y } = map.project([lat, lng]);
    const key = `${Math.floor(x / size)}:${Math.floor(y / size)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(feature);
  }
  return new Map([...cells].map(([key, group]) => keyed(map, key, group)));
}

function keyed(map, key, features) {
  if (features.length === 1) {
    const [lng, lat] = features[0].geometry.coordinates;
    const { reference, status } = features[0].properties;
    return [`${reference}:${status}`, { features, latlng: { lat, lng } }];
  }
  return [`${map.getZoom()}:${key}:${features.length}`, { features, latlng: middle(features) }];
}

function middle(features) {
  const sum = features.reduce(
    (
      [x, y],
      {
        geometry: {
          coordinates: [lng, lat],
        },
      },
    ) => [x + lng, y + lat],
    [0, 0],
  );
  return { lat: sum[1] / features.length, lng: sum[0] / features.length };
}
