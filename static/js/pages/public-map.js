/**
 * The public map and its list. The address says what both show: filters, and the part of the city.
 * Without this script the form and the links do the same, page by page.
 */
import "../components/copying.js";
import "../components/sharing.js";
import { createMonthSlider } from "../components/months.js";
import { fetchPatiently } from "../lib/patience.js";
import { createCityMap, readConfig } from "../map/city.js";
import { showNumbersOnPress } from "../map/district-numbers.js";
import { createShades } from "../map/district-shades.js";
import { showReports } from "../map/reports.js";
import { boxOf, showBox } from "../map/view.js";

const SETTLE_MS = 400;
const results = document.querySelector("[data-map-results]");
const form = document.querySelector("[data-map-filters]");
const element = document.querySelector("[data-city-map]");
// Once the first of them are drawn.
let reports = null;
// `drawn`: "" for reports, else how districts are coloured.
const { query, box, drawn } = element.dataset;
const state = { query, box, drawn, isMoving: false };

if (form) startFilters();
const { map, districts } = await createCityMap(element);
if (state.box) showBox(map, state.box);
const numbers = showNumbersOnPress(map, districts, (code) =>
  document.querySelector(`[data-district="${CSS.escape(code)}"]`),
);
const shades = createShades(map, districts, { onPress: numbers.open });
if (state.drawn) shades.show(districtRows());
if (results) follow();
const first = reportsDrawn();
reports = await showReports(map, first);
// Somebody was quicker than the first answer.
if (reportsDrawn() !== first) reports.select(reportsDrawn());

/** The filters of the reports that stand on the map; null where districts have colours instead. */
function reportsDrawn() {
  return state.drawn ? null : state.query;
}

function districtRows() {
  return [...document.querySelectorAll("[data-shade][data-district]")].map((row) => {
    const { district: code, name, number, shade } = row.dataset;
    return { code, number, shade, words: `${name}: ${row.querySelector("span").textContent}` };
  });
}

/** The page follows the map, and the map the page. */
function follow() {
  hasMoved();
  let timer;
  map.on("moveend", () => {
    if (state.isMoving || !hasMoved()) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // The answer that is on its way belongs to another part of the city.
      if (state.isShowing) return;
      state.box = boxOf(map.getBounds());
      history.replaceState(null, "", `?${address()}`);
      // Filters that were chosen a moment ago are answered by this one.
      const { isAsked } = state;
      const page = refresh({ isQuiet: !isAsked });
      if (isAsked) draw(page);
    }, SETTLE_MS);
  });
  map.on("listasked", ({ bounds }) => {
    state.box = boxOf(bounds);
    go(`?${address()}`, { focus: "#list-title" });
  });
  document.addEventListener("click", pressed);
  window.addEventListener("popstate", () => show(window.location.search || "?"));
}

// A window of another size shows more or less of the same part.
function hasMoved() {
  const at = { zoom: map.getZoom(), center: map.getCenter() };
  const { at: before = at } = state;
  state.at = at;
  if (before === at) return false;
  return (
    before.zoom !== at.zoom || map.project(before.center).distanceTo(map.project(at.center)) > 2
  );
}

// Links that change the address of this page only, in the results and in boxes on the map.
function pressed(event) {
  const link = event.target.closest('a[href^="?"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  map.closePopup();
  go(link.getAttribute("href"), {
    focus: link.closest(".pages") ? "#list-title" : "#chosen-title",
  });
}

function startFilters() {
  const slider = form.querySelector("[data-months]");
  const { follow: followMonth } = createMonthSlider(slider, form.elements.namedItem("miesiac"));
  form.addEventListener("change", ({ target }) => {
    // An address is looked up by a press.
    if (target.name && target.name !== "miejsce") chosen();
  });
  form.addEventListener("submit", (event) => {
    if (form.elements.namedItem("miejsce").value.trim()) return;
    event.preventDefault();
    chosen();
  });
  state.followMonth = followMonth;
}

function chosen() {
  const filters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value && !["miejsce", "bbox", "pokaz"].includes(name)) filters.append(name, value);
  }
  state.query = filters.toString();
  state.drawn = form.elements.namedItem("pokaz").value;
  history.pushState(null, "", `?${address()}`);
  draw(refresh({}));
}

/** What stands on the map: reports at once, colours once the `page` with the numbers is here. */
async function draw(page) {
  reports?.select(reportsDrawn());
  if (!state.drawn) shades.show([]);
  else if (await page) shades.show(districtRows());
}

function address() {
  const rest = { bbox: state.box, pokaz: state.drawn };
  const parts = Object.entries(rest).map(([name, value]) => value && `${name}=${value}`);
  return [state.query, ...parts].filter(Boolean).join("&");
}

async function go(search, { focus }) {
  history.pushState(null, "", search);
  await show(search);
  results.querySelector(focus)?.focus();
}

/** All of the page as another address has it. */
async function show(search) {
  const before = state.box;
  state.isShowing = true;
  const page = await refresh({ search });
  state.isShowing = false;
  if (!page) return;
  state.query = page.dataset.query;
  state.box = page.dataset.box;
  state.drawn = page.dataset.drawn;
  if (state.box !== before) moveTo(state.box);
  await draw(page);
}

function moveTo(box) {
  state.isMoving = true;
  showBox(map, box, readConfig().bounds);
  state.isMoving = false;
}

async function refresh({ search = `?${address()}`, isQuiet = false }) {
  state.request?.abort();
  state.request = new AbortController();
  state.isAsked = !isQuiet;
  try {
    const answer = await fetchPatiently(search, state.request);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-map-results]");
    if (!fresh) throw new Error(`map: ${answer.status}`);
    // What is open stays open, and what is closed.
    const wasOpen = results.querySelector("details")?.open;
    const isDrawnAlike = results.dataset.drawn === fresh.dataset.drawn;
    results.replaceChildren(...fresh.childNodes);
    results.dataset.drawn = fresh.dataset.drawn;
    if (isDrawnAlike) results.querySelector("details")?.toggleAttribute("open", Boolean(wasOpen));
    if (!isQuiet) {
      takeFilters(page);
      const total = results.querySelector("[data-total]").textContent;
      document.querySelector("[data-map-said]").textContent = total;
    }
    takeAddresses(page);
    state.isAsked = false;
    return fresh;
  } catch (reason) {
    if (reason.name !== "AbortError") window.location.assign(search);
    return null;
  }
}

function takeFilters(page) {
  for (const field of page.querySelector("[data-map-filters]").elements) {
    const own = field.id && form.querySelector(`#${CSS.escape(field.id)}`);
    if (!own || own.type === "range" || own.name === "miejsce") continue;
    if (["checkbox", "radio"].includes(own.type)) own.checked = field.checked;
    else own.value = field.value;
  }
  state.followMonth();
}

function takeAddresses(page) {
  const legend = document.querySelector("[data-map-legend]");
  legend.replaceChildren(...page.querySelector("[data-map-legend]").childNodes);
  for (const name of ["[data-map-address]", "[data-copy]", "[data-share]"]) {
    const [own, fresh] = [document.querySelector(name), page.querySelector(name)];
    if (name === "[data-map-address]") own.value = fresh.getAttribute("value");
    else Object.assign(own.dataset, { ...fresh.dataset });
  }
  for (const link of document.querySelectorAll("[data-map-link]")) {
    const where = `[data-map-link="${CSS.escape(link.dataset.mapLink)}"]`;
    link.href = page.querySelector(where).getAttribute("href");
  }
}
