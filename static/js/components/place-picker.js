/**
 * A place by words and on a map (components/place_picker.html). The field holds all that is sent: the
 * pin writes its coordinates into it, an address that was chosen stays as it reads and moves the pin.
 */
import { readCoordinates } from "../lib/coordinates.js";
import { say } from "../lib/words.js";
import { createCityMap } from "../map/city.js";
import { showExtent } from "../map/extent.js";
import { createPin } from "../map/pin.js";
import { createSides } from "../map/sides.js";
import { createAddressSearch } from "./address-search.js";
import { createPinSteps } from "./pin-steps.js";
import { createSideQuestion } from "./side-question.js";

/**
 * Makes the picker that stands in `section` work; in a closed box, once the box is opened.
 * `onMap(map)` once it is drawn, `onPin({lat, lng} | null)` after every move; `label` and `nearest`
 * are those of the pin.
 */
export function createPlacePicker(section, options = {}) {
  const box = section.closest("details:not([open])");
  if (box) box.addEventListener("toggle", () => start(section, options), { once: true });
  else start(section, options);
}

async function start(section, { label = say("pin"), nearest, onMap, onPin = () => {} }) {
  const element = section.querySelector("[data-place-map]");
  const { map, districts } = await createCityMap(element);
  const form = section.closest("form");
  const picker = {
    section,
    field: section.querySelector("input[type=text]"),
    said: section.querySelector("[data-place]"),
    sides: askSide(form, createSides(map, districts)),
    districts,
    hasPin: false,
    onPin,
    request: null,
  };
  onMap?.(map);
  const onMove = (latlng) => moved(picker, latlng);
  picker.pin = createPin(map, { label, nearest, onMove });
  picker.steps = createPinSteps(section, { onStep: (metres) => picker.pin.moveBy(metres) });
  createAddressSearch(section, {
    field: picker.field,
    // Typing takes the pin away; what the pin writes into the field is not looked up again.
    hasPin: () => picker.hasPin,
    onFound: (latlng, address) => show(picker, latlng, address?.label ?? picker.field.value),
    onDistrict: (address) => {
      forgetPin(picker);
      districts.show(address.district.code, address.street_bounds);
    },
  });
  picker.field.addEventListener("input", () => forgetPin(picker));
  showFirst(picker, map, element.dataset);
}

// Staff are not asked: their form has no such question.
function askSide(form, drawn) {
  if (!form.querySelector("[data-side]")) return null;
  return createSideQuestion(form, { onChange: drawn.show });
}

// What the field says already is shown, and stays as it was written.
function showFirst(picker, map, { lat, lng, extent }) {
  const text = picker.field.value;
  const typed = readCoordinates(text);
  // Of a new place nothing is known yet.
  if (!typed && (text || !lat)) return;
  show(picker, typed ?? { lat: Number(lat), lng: Number(lng) }, text);
  if (extent) showExtent(map, JSON.parse(extent));
}

function show(picker, latlng, text) {
  picker.pin.moveTo(latlng, false);
  picker.field.value = text;
}

function moved(picker, latlng) {
  picker.hasPin = true;
  picker.field.value = `${latlng.lat.toFixed(6)}, ${latlng.lng.toFixed(6)}`;
  picker.field.dispatchEvent(new Event("change", { bubbles: true }));
  picker.steps.toggle(true);
  picker.onPin(latlng);
  locate(picker, latlng);
}

function forgetPin(picker) {
  picker.request?.abort();
  picker.pin.remove();
  picker.hasPin = false;
  picker.onPin(null);
  picker.steps.toggle(false);
  picker.sides?.hide();
  picker.districts.select(null);
  tell(picker, "", false);
}

async function locate(picker, { lat, lng }) {
  picker.request?.abort();
  picker.request = new AbortController();
  const url = new URL(picker.section.dataset.locateUrl, window.location.href);
  url.searchParams.set("lat", lat.toFixed(6));
  url.searchParams.set("lon", lng.toFixed(6));
  try {
    const answer = await fetch(url, { signal: picker.request.signal });
    place(picker, answer.ok, await answer.json());
  } catch (reason) {
    if (reason.name !== "AbortError") tell(picker, say("offline"), false);
  }
}

function place(picker, isFound, answer) {
  const { district, edition, border, asks_side: isNear } = answer;
  picker.districts.select(isFound ? district.code : null, edition);
  if (isFound && isNear) picker.sides?.ask(border);
  else picker.sides?.hide();
  tell(picker, isFound ? placeWords(answer, picker) : refusalWords(answer), !isFound);
}

function placeWords(answer, { sides }) {
  const { place: words, neighbour, asks_side: isNear, metres_to_border: metres } = answer;
  if (!isNear) return say("place", { place: words });
  if (sides) return `${say("place", { place: words })}. ${say("whichSide")}`;
  return say("placeNeighbour", {
    place: words,
    neighbour: neighbour.name,
    metres: Math.round(metres),
  });
}

function refusalWords({ code, detail, metres_to_city: metres }) {
  if (code !== "outside_city") return detail;
  const lang = document.documentElement.lang;
  const distance = (metres / 1000).toLocaleString(lang, { maximumFractionDigits: 1 });
  return say("outside", { distance });
}

function tell({ said }, text, isWrong) {
  said.classList.toggle("is-outside", isWrong);
  said.textContent = text;
}
