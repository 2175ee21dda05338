/** The report form: every part works on its own, and the page works without this script. */
import { createAddressSearch } from "../components/address-search.js";
import { createCategoryPicker } from "../components/category-picker.js";
import { createCounter } from "../components/counter.js";
import { createDestination } from "../components/destination.js";
import { createPhotos } from "../components/photos.js";
import { askForPosition } from "../components/position.js";
import { say } from "../lib/words.js";
import { createCityMap } from "../map/city.js";
import { createPin } from "../map/pin.js";

const form = document.querySelector(".report-form");
document.documentElement.classList.add("js");
document.getElementById("error-summary")?.focus();

let city = null;
let pin = null;
const destination = createDestination(form, {
  onPlaced: (district) => city?.districts.select(district?.code ?? null),
});

function remember(latlng) {
  form.elements.lat.value = latlng.lat.toFixed(6);
  form.elements.lon.value = latlng.lng.toFixed(6);
  destination.place(latlng);
}

// Works before the map is there, and without it.
function moveTo(latlng) {
  if (pin) pin.moveTo(latlng);
  else remember(latlng);
}

createCounter(form);
createCategoryPicker(form, { onChoose: (category) => destination.matter(category) });
const photos = createPhotos(form);
createAddressSearch(form, { onFound: moveTo, onDistrict: (code) => city?.districts.show(code) });
askForPosition(form.querySelector("[data-here]"), {
  onFound: moveTo,
  onFailed: (reason) => (form.querySelector("[data-place]").textContent = say(reason)),
});

form.addEventListener("submit", async (event) => {
  const button = form.querySelector("[data-send]");
  button.setAttribute("aria-busy", "true");
  button.lastChild.textContent = say(photos.busy() ? "sendingPhotos" : "sending");
  if (!photos.busy()) return;
  // A report that leaves now would leave without them.
  event.preventDefault();
  await photos.settled();
  form.requestSubmit();
});

city = await createCityMap(form.querySelector("[data-city-map]"));
pin = createPin(city.map, { label: say("pin"), onMove: remember });
const { lat, lon } = form.elements;
if (lat.value && lon.value) moveTo({ lat: Number(lat.value), lng: Number(lon.value) });
