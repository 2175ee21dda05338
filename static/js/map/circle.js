/** A circle around a place on the map, and a view that holds it. */
/* global L */

/** Returns {show({lat, lng}, metres), hide()}. The view moves when the circle has another size, or lies outside. */
export function createCircle(map) {
  // Above the district that is chosen, which is brought to the front.
  const pane = "circles";
  Object.assign(map.createPane(pane).style, { zIndex: 420, pointerEvents: "none" });
  let circle = null;
  return {
    show: (latlng, metres) => {
      const isOther = circle?.getRadius() !== metres;
      circle ??= L.circle(latlng, {
        pane,
        className: "watch-circle",
        radius: metres,
        interactive: false,
      });
      circle.setLatLng(latlng).setRadius(metres).addTo(map);
      const bounds = circle.getBounds();
      if (!isOther && map.getBounds().contains(bounds)) return;
      map.fitBounds(bounds, { padding: [12, 12], animate: false });
    },
    hide: () => {
      circle?.remove();
      circle = null;
    },
  };
}
