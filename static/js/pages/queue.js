/**
 * The list of staff and the map beside it show one selection: a row that somebody points at marks its
 * place on the map, and a mark its row. The address of the list is noted for the way back.
 */
import { announceArrivals } from "../components/arrivals.js";
import { askForPosition } from "../components/position.js";
import { noteList } from "../lib/list-address.js";
import { createCityMap } from "../map/city.js";
import { showReports } from "../map/reports.js";

const NEAR_METRES = 500;
const rows = new Map(
  [...document.querySelectorAll("[data-work-list] > li")].map((row) => [
    row.dataset.reference,
    row,
  ]),
);
noteList(document.querySelector("[data-account]").dataset.account, [...rows.keys()]);
for (const button of document.querySelectorAll("[data-row-step]")) {
  button.addEventListener("click", () => step(Number(button.dataset.rowStep)));
}
announceArrivals(document.querySelector("[data-live]"), new Set(rows.keys()));
findNearMe(document.querySelector("[data-near-me]"));
const { map } = await createCityMap(document.querySelector("[data-city-map]"));
const reports = await showReports(map, map.getContainer().dataset.query);
for (const row of rows.values()) {
  const place = {
    reference: row.dataset.reference,
    lon: Number(row.dataset.lon),
    lat: Number(row.dataset.lat),
  };
  for (const name of ["mouseenter", "focusin"]) {
    row.addEventListener(name, () => reports.mark(place));
  }
  for (const name of ["mouseleave", "focusout"]) {
    row.addEventListener(name, () => reports.mark(null));
  }
}
map.on("reportspointed", ({ references }) => {
  for (const [reference, row] of rows) row.classList.toggle("is-marked", references.has(reference));
});

function findNearMe(button) {
  const { dataset } = document.querySelector("[data-near-said]");
  const said = document.querySelector("[data-near-said]");
  button.hidden = false;
  askForPosition(button, {
    onAsked: () => {
      said.textContent = dataset.asking;
    },
    onFound: ({ lat, lng }) => {
      const query = new URLSearchParams(map.getContainer().dataset.query);
      query.set("kolo", `${lng.toFixed(4)},${lat.toFixed(4)},${NEAR_METRES}`);
      window.location.assign(`?${query}`);
    },
    onFailed: (why) => {
      said.textContent = why === "locateRefused" ? dataset.refused : dataset.failed;
      said.classList.remove("visually-hidden");
    },
  });
}

// From the row that has the focus, else from above the first one; 0 opens it.
function step(by) {
  const links = [...document.querySelectorAll("[data-work-list] a.whole")];
  const place = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  if (by === 0) return links[Math.max(place, 0)].click();
  const next = links[Math.min(Math.max(place + by, 0), links.length - 1)];
  next.focus();
  next.closest("li").scrollIntoView({ block: "nearest" });
}
