/**
 * Words to a place: coordinates, addresses, crossings and places by name, by the gazetteer, with
 * suggestions while typing.
 */
import { createCombobox } from "../lib/combobox.js";
import { readCoordinates } from "../lib/coordinates.js";
import { say } from "../lib/words.js";

const FEWEST_LETTERS = 2;

/**
 * The field "place", or the `field` that is given, with its button. `onFound({lat, lng}, address)` for
 * a known place, with the address as the API gives it, or null for coordinates; `onDistrict(address)`
 * where only the district is known. The field keeps what was typed. `hasPin()`: whether a pin stands
 * that an address must be chosen to move.
 */
export function createAddressSearch(form, options) {
  const { field = form.elements.place, hasPin = () => Boolean(form.elements.lat.value) } = options;
  const { onFound, onDistrict } = options;
  const search = { form, field, hasPin, onFound, onDistrict, request: null, settled: "" };
  search.box = createCombobox(field, form.querySelector("[data-suggestions]"), {
    onType: () => suggest(search),
    onChoose: (address) => choose(search, address),
    onEnter: () => find(search),
    textOf: (address) => [address.label, address.district?.name].filter(Boolean).join(", "),
    count: (number) => say("suggestions", { count: number }),
  });
  form.querySelector("[data-find]").addEventListener("click", () => find(search));
  field.addEventListener("change", () => settle(search));
}

// Who types a whole address and goes on means that place; a pin that is there already stays.
async function settle(search) {
  const text = search.field.value.trim();
  if (search.hasPin() || text === search.settled) return;
  const point = readCoordinates(text);
  if (point) return search.onFound(point, null);
  if (text.length < FEWEST_LETTERS) return;
  const found = await fetchAddresses(search, text).catch(() => []);
  const named = found.filter(({ label }) => label.toLowerCase() === text.toLowerCase());
  const isStill = search.field.value.trim() === text && !search.hasPin();
  if (isStill && named.length === 1 && !isStreet(named[0])) goTo(search, named[0]);
}

async function suggest(search) {
  tell(search, "");
  const text = search.field.value.trim();
  if (text.length < FEWEST_LETTERS || readCoordinates(text)) return search.box.offer([]);
  try {
    search.box.offer(await addresses(search, text));
  } catch (reason) {
    if (reason.name !== "AbortError") search.box.offer([]);
  }
}

async function find(search) {
  const text = search.field.value.trim();
  const point = readCoordinates(text);
  // What was typed just now must not take this search's place.
  search.box.stop();
  tell(search, "");
  if (point) return search.onFound(point, null);
  try {
    const found = (await addresses(search, text)).filter((address) => !isStreet(address));
    if (!found.length) return tell(search, say("notFound"));
    if (found.length === 1 || found[0].label.toLowerCase() === text.toLowerCase()) {
      return choose(search, found[0]);
    }
    search.box.offer(found);
  } catch (reason) {
    if (reason.name !== "AbortError") tell(search, say("offline"));
  }
}

async function addresses(search, text) {
  search.request?.abort();
  search.request = new AbortController();
  return fetchAddresses(search, text, search.request.signal);
}

async function fetchAddresses({ form }, text, signal) {
  const url = new URL(form.dataset.addressesUrl, window.location.href);
  url.searchParams.set("q", text);
  const answer = await fetch(url, { signal });
  return answer.ok ? answer.json() : [];
}

// A street is only half of an address: its number is asked for next.
function choose(search, address) {
  search.field.value = isStreet(address) ? `${address.label} ` : address.label;
  if (isStreet(address)) return tell(search, say("whichNumber", { street: address.street }));
  goTo(search, address);
}

// Crossings and places by name have a kind.
function isStreet({ number, kind }) {
  return !number && !kind;
}

function goTo(search, address) {
  const { label, district, location } = address;
  search.settled = search.field.value.trim();
  // The keyboard of a phone goes away, and the map is seen.
  if (window.matchMedia("(pointer: coarse)").matches) search.field.blur();
  if (location) {
    const [lng, lat] = location.coordinates;
    tell(search, "");
    search.onFound({ lat, lng }, address);
  } else {
    search.onDistrict(address);
    tell(search, say("approximate", { address: label, district: district.name }));
  }
}

function tell({ form }, text) {
  form.querySelector("[data-address-said]").textContent = text;
}
