/** Where the report would go: asks the API for the pin's district and, with a category, its unit. */
import { say } from "../lib/words.js";

const SETTLE_MS = 200;
// A pin that may be farther away than this is said to stand roughly.
const ROUGH_METRES = 50;

/**
 * Returns {setPlace(latlng), setCategory(category), setExtent(extent)}, to be called in any order and
 * any number of times; `latlng` is null for none, `extent` is GeoJSON text, empty where there is only
 * a point. `onPlaced(district, edition)`, null for none; `onAnswered(asked)` once an answer stands on the page, `asked` as
 * `answers` gives it.
 */
export function createDestination(form, { onPlaced, onAnswered, answers, sides }) {
  const state = {
    form,
    onPlaced,
    onAnswered,
    answers,
    sides,
    latlng: null,
    category: null,
    extent: "",
    timer: 0,
    request: null,
  };
  return {
    setPlace: (latlng) => {
      state.latlng = latlng;
      if (latlng) ask(state);
      else forget(state);
    },
    setCategory: (category) => ask(Object.assign(state, { category })),
    setExtent: (extent) => ask(Object.assign(state, { extent })),
  };
}

function ask(state) {
  // Without a pin the page may hold a question about an address that only the server knows.
  if (!state.latlng) return;
  clearTimeout(state.timer);
  const asked = state.answers.asked();
  state.timer = setTimeout(() => fetchPlacement(state, asked), SETTLE_MS);
}

function forget(state) {
  clearTimeout(state.timer);
  state.request?.abort();
  tellDestination(state, "");
  state.sides.hide();
  state.onPlaced(null);
}

async function fetchPlacement(state, asked) {
  state.request?.abort();
  state.request = new AbortController();
  try {
    const answer = await (state.extent ? askExtent(state) : askPoint(state));
    const placement = await answer.json();
    if (answer.ok && placement.districts) showCover(state, placement);
    else if (answer.ok) showPlacement(state, placement);
    else showRefusal(state, placement);
  } catch (reason) {
    if (reason.name === "AbortError") return;
    tellPlace(state, say("offline"), false);
  }
  state.onAnswered(asked);
}

function askPoint(state) {
  return fetch(addressOf(state), { signal: state.request.signal });
}

function askExtent({ form, request, extent, category }) {
  return fetch(form.dataset.locateUrl, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify({ extent: JSON.parse(extent), category: category?.value ?? "" }),
    signal: request.signal,
  });
}

function showCover(state, { districts, size, unit, mode }) {
  const names = districts.map(({ name }) => name).join(", ");
  const isArea = JSON.parse(state.extent).type === "Polygon";
  tellPlace(
    state,
    say(isArea ? "coverArea" : "coverLine", { size: inNumbers(size), names }),
    false,
  );
  tellDestination(state, unit ? destination(state, unit, mode) : "");
  state.sides.hide();
  state.onPlaced(districts[0]);
}

function inNumbers(size) {
  return size.toLocaleString(document.documentElement.lang);
}

function addressOf({ form, latlng, category }) {
  const url = new URL(form.dataset.locateUrl, window.location.href);
  url.searchParams.set("lat", latlng.lat.toFixed(6));
  url.searchParams.set("lon", latlng.lng.toFixed(6));
  if (category) url.searchParams.set("category", category.value);
  if (form.elements.accuracy.value) {
    url.searchParams.set("accuracy", form.elements.accuracy.value);
  }
  return url;
}

function showPlacement(state, placement) {
  const { district, edition, border, asks_side: isNear, place, unit, mode } = placement;
  // The question below names the neighbour; the sentence stands on the map and is short.
  const words = isNear
    ? `${say("place", { place })}. ${say("whichSide")}`
    : say("place", { place });
  const accuracy = Math.round(state.form.elements.accuracy.value);
  const isRough = accuracy > ROUGH_METRES;
  tellPlace(state, isRough ? `${words} ${say("placeRough", { accuracy })}` : words, false);
  if (isNear) state.sides.ask(border);
  else state.sides.hide();
  tellDestination(state, unit ? destination(state, unit, mode) : "");
  state.onPlaced(district, edition);
}

function destination({ category }, unit, mode) {
  if (mode === "operator") return say("destinationOperator");
  const { days } = category.dataset;
  const name = { 1: "destinationOne", "": "destinationOpen" }[days] ?? "destination";
  return say(name, { unit: unit.name, days });
}

function showRefusal(state, { code, detail, fields, metres_to_city: metres }) {
  const distance = (metres / 1000).toLocaleString(document.documentElement.lang, {
    maximumFractionDigits: 1,
  });
  tellPlace(
    state,
    code === "outside_city" ? say("outside", { distance }) : (fields?.extent?.[0] ?? detail),
    true,
  );
  tellDestination(state, "");
  state.sides.hide();
  state.onPlaced(null);
}

function tellPlace({ form }, text, isOutside) {
  const line = form.querySelector("[data-place]");
  line.classList.toggle("is-outside", isOutside);
  if (line.textContent !== text) line.textContent = text;
}

function tellDestination({ form }, text) {
  form.querySelector("[data-destination]").textContent = text;
  for (const copy of form.querySelectorAll("[data-destination-copy]")) {
    copy.textContent = text;
    copy.hidden = !text;
  }
}
