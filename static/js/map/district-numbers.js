/** A press on a district says its numbers, from the list of districts on the page. */
/* global L */

/**
 * `rowOf(code)` → the row of the list, or null. Returns {open(code, latlng, opener)}: the same for
 * who presses a key; the focus goes into the box, and back to `opener`.
 */
export function showNumbersOnPress(map, districts, rowOf) {
  map.on("click", ({ latlng }) => open(latlng, districts.find(latlng)?.code));
  map.on("popupclose", () => districts.select(null));

  function open(latlng, code) {
    const row = code && rowOf(code);
    if (!row) return null;
    const box = numbers(row);
    L.popup({ closeButton: false, autoPanPadding: [8, 8] })
      .setLatLng(latlng)
      .setContent(box)
      .openOn(map);
    districts.select(code);
    return box;
  }

  return {
    open: (code, latlng, opener) => {
      const box = open(latlng, code);
      if (!box) return;
      box.querySelector("a").focus({ preventScroll: true });
      box.addEventListener("keydown", ({ key }) => {
        if (key !== "Escape") return;
        map.closePopup();
        opener.focus({ preventScroll: true });
      });
    },
  };
}

function numbers(row) {
  const box = document.createElement("div");
  box.className = "report-popup";
  const part = document.createElement("article");
  part.append(...[...row.childNodes].map((node) => node.cloneNode(true)));
  box.append(part);
  return box;
}
