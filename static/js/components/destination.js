/** Where the report would go: asks the API for the pin's district and, with a category, its unit. */
import { say } from "../lib/words.js";

const SETTLE_MS = 200;

/** Returns {place(latlng), matter(category)}; both may come in any order, any number of times. */
export function createDestination(form, { onPlaced, sides }) {
  const state = { form, onPlaced, sides, latlng: null, category: null, timer: 0, request: null };
  return {
    place: (latlng) => ask(Object.assign(state, { latlng })),
    matter: (category) => ask(Object.assign(state, { category })),
  };
}

function ask(state) {
  if (!state.latlng) return;
  clearTimeout(state.timer);
  state.timer = setTimeout(() => fetchPlacement(state), SETTLE_MS);
}

async function fetchPlacement(state) {
  state.request?.abort();
  state.request = new AbortController();
  try {
    const answer = await fetch(addressOf(state), { signal: state.request.signal });
    const placement = await answer.json();
    if (answer.ok) showPlacement(state, placement);
    else showRefusal(state, placement);
  } catch (reason) {
    if (reason.name !== "AbortError") tellPlace(state, say("offline"), false);
  }
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
  const { district, neighbour, asks_side: isNear, metres_to_border: metres } = placement;
  const { place, unit, mode } = placement;
  const values = { place, neighbour: neighbour?.name, metres: Math.round(metres) };
  tellPlace(state, say(isNear ? "placeNeighbour" : "place", values), false);
  if (isNear) state.sides.ask([district, neighbour]);
  else state.sides.settle();
  tellDestination(state, unit ? destination(state, unit, mode) : "");
  state.onPlaced(district);
}

function destination({ category }, unit, mode) {
  if (mode === "operator") return say("destinationOperator");
  const { days } = category.dataset;
  const name = { 1: "destinationOne", "": "destinationOpen" }[days] ?? "destination";
  return say(name, { unit: unit.name, days });
}

function showRefusal(state, { code, detail, metres_to_city: metres }) {
  const distance = (metres / 1000).toLocaleString(document.documentElement.lang, {
    maximumFractionDigits: 1,
  });
  tellPlace(state, code === "outside_city" ? say("outside", { distance }) : detail, true);
  tellDestination(state, "");
  state.sides.settle();
  state.onPlaced(null);
}

function tellPlace({ form }, text, isOutside) {
  const line = form.querySelector("[data-place]");
  line.classList.toggle("is-outside", isOutside);
  if (line.textContent !== text) line.textContent = text;
}

function tellDestination({ form }, text) {
  form.querySelector("[data-destination]").textContent = text;
  const copy = form.querySelector("[data-destination-copy]");
  copy.textContent = text;
  copy.hidden = !text;
}
