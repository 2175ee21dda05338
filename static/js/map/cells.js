/** Reports that would cover each other at this zoom, grouped by cells of the projected plane. */

/** → Map of key → {features, latlng}; keys are stable while the map only pans. */
export function groupByCell(map, features, size) {
  return keyedAll(map, cellsOf(map, features, size));
}

/**
 * The same, but of groups whose marks would still touch, across the border of two cells, one is made:
 * marks of `size` pixels then stand at least that far from each other.
 */
export function groupApart(map, features, size) {
  const groups = [...cellsOf(map, features, size)].map(([key, group]) => placed(map, key, group));
  groups.sort((one, other) => other.features.length - one.features.length);
  const apart = [];
  for (const group of groups) apart.push(withTouching(map, apart, group, size));
  return keyedAll(
    map,
    apart.map(({ key, features: group }) => [key, group]),
  );
}

function placed(map, key, features) {
  const { lat, lng } = middle(features);
  return { key, features, ...map.project([lat, lng]) };
}

// What it takes in moves it, so it may come to touch another one.
function withTouching(map, apart, group, size) {
  const place = apart.findIndex(({ x, y }) => Math.hypot(x - group.x, y - group.y) < size);
  if (place < 0) return group;
  const [other] = apart.splice(place, 1);
  const both = placed(map, other.key, [...other.features, ...group.features]);
  return withTouching(map, apart, both, size);
}

function cellsOf(map, features, size) {
  const cells = new Map();
  for (const feature of features) {
    const [lng, lat] = feature.geometry.coordinates;
    const { x, y } = map.project([lat, lng]);
    const key = `${Math.floor(x / size)}:${Math.floor(y / size)}`;
    if (!cells.has(key)) cells.set(key, []);
    cells.get(key).push(feature);
  }
  return cells;
}

function keyedAll(map, cells) {
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
