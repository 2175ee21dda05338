/** A press on a district says its numbers, from the list of districts on the page. */
/* global L */

/** `rowOf(code)` → the row of the list, or null. */
export function showNumbersOnPress(map, districts, rowOf) {
  map.on("click", ({ latlng }) => {
    const district = districts.find(latlng);
    const row = district && rowOf(district.code);
    if (!row) return;
    districts.select(district.code);
    L.popup({ closeButton: false, autoPanPadding: [8, 8] })
      .setLatLng(latlng)
      .setContent(numbers(row))
      .openOn(map);
  });
  map.on("popupclose", () => districts.select(null));
}

function numbers(row) {
  const box = document.createElement("div");
  box.className = "report-popup";
  const part = document.createElement("article");
  part.append(...[...row.childNodes].map((node) => node.cloneNode(true)));
  box.append(part);
  return box;
}
