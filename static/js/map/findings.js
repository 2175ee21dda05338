/** Places that checks of boundaries found, or that a mend would change, drawn upon a city map. */
/* global L */

const NEAR = 18;

/**
 * Draws a FeatureCollection (EPSG:4326; properties `id` and `look`: "error", "warning", "gained" or
 * "lost"). What is too small to see from afar gets a dot too. Calls `onPick(id)` when a place is
 * pressed. The answer's `show(id)` brings a place into view and marks it, and is false for an
 * unknown one; `showAll()` brings all of them into view.
 */
export function drawFindings(map, collection, onPick = () => {}) {
  const places = [];
  for (const feature of collection.features) {
    const { id, look } = feature.properties;
    const layer = placeOf(feature, look).on("click", () => onPick(id));
    layer.addTo(map);
    places.push({ id, layer });
  }
  const boundsOf = (some) => L.featureGroup(some.map(({ layer }) => layer)).getBounds();
  return {
    show(id) {
      const bounds = boundsOf(places.filter((place) => place.id === id));
      if (!bounds.isValid()) return false;
      map.fitBounds(bounds, { maxZoom: NEAR, padding: [40, 40], animate: false });
      for (const place of places) mark(place.layer, place.id === id);
      map.getContainer().classList.add("has-choice");
      return true;
    },
    showAll() {
      const bounds = boundsOf(places);
      if (bounds.isValid())
        map.fitBounds(bounds, { maxZoom: NEAR, padding: [40, 40], animate: false });
    },
  };
}

function placeOf(feature, look) {
  const { type } = feature.geometry;
  const className = `finding is-${look}${isLine(type) ? " is-line" : ""}`;
  const shape = L.geoJSON(feature, {
    style: () => ({ className, weight: 2 }),
    pointToLayer: (_feature, latlng) => L.circleMarker(latlng, { className, radius: 6 }),
  });
  const bounds = shape.getBounds();
  if (!bounds.isValid() || isPoint(type) || isLine(type)) return shape;
  const dot = L.circleMarker(bounds.getCenter(), { className: `${className} is-dot`, radius: 5 });
  return L.featureGroup([shape, dot]);
}

function isPoint(type) {
  return type === "Point" || type === "MultiPoint";
}

function isLine(type) {
  return type === "LineString" || type === "MultiLineString";
}

function mark(layer, isChosen) {
  layer.eachLayer((part) => {
    if (part.eachLayer) mark(part, isChosen);
    else part.getElement()?.classList.toggle("is-chosen", isChosen);
  });
}
