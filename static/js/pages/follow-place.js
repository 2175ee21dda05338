/**
 * The page on which somebody begins to follow a place: it is asked for only where it counts, and the
 * circle stands on the map and in words as it is chosen.
 */
import { createPlacePicker } from "../components/place-picker.js";
import { createCircle } from "../map/circle.js";

document.documentElement.classList.add("js");
const asked = document.querySelector("[data-watch-circle]");
const said = asked.querySelector("[data-circle-said]");
const feed = document.querySelector("[data-feed]");
const [district, metres] = ["district", "metres"].map((name) =>
  document.querySelector(`select[name=${name}]`),
);
const state = { circle: null, place: null, isStarted: false };

district.addEventListener("change", choose);
metres.addEventListener("change", draw);
choose();

function choose() {
  asked.hidden = district.value !== "";
  // A map that is hidden has no size.
  if (!asked.hidden && !state.isStarted) startPicker();
  draw();
}

function startPicker() {
  state.isStarted = true;
  createPlacePicker(asked.querySelector("[data-place-picker]"), {
    label: said.dataset.pin,
    // The circle says how near to look.
    nearest: 0,
    onMap: (map) => {
      state.circle = createCircle(map);
    },
    onPin: (place) => {
      state.place = place;
      draw();
    },
  });
}

function draw() {
  const { place, circle } = state;
  const distance = metres.selectedOptions[0].text;
  if (place) circle.show(place, Number(metres.value));
  else circle?.hide();
  said.textContent = place ? said.dataset.text.replace("{distance}", distance) : "";
  feed.search = new URLSearchParams(followed()).toString();
}

/** The same place for a reader of feeds. */
function followed() {
  if (district.value) return { osiedle: district.value };
  if (!state.place) return {};
  const { lat, lng } = state.place;
  return { kolo: `${lng.toFixed(5)},${lat.toFixed(5)},${metres.value}` };
}
