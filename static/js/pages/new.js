/** The report form: every part works on its own, and the page works without this script. */
import { createAddressSearch } from "../components/address-search.js";
import { createCategoryPicker } from "../components/category-picker.js";
import { createCounter } from "../components/counter.js";
import { createDestination } from "../components/destination.js";
import { createDraft } from "../components/draft.js";
import { createExtent } from "../components/extent.js";
import { createPersonalDataWarning } from "../components/personal-data.js";
import { createPhotoOrigin } from "../components/photo-origin.js";
import { createPhotos } from "../components/photos.js";
import { createPinSteps } from "../components/pin-steps.js";
import { askForPosition } from "../components/position.js";
import { createPreview } from "../components/preview.js";
import { createQueue } from "../components/queue.js";
import { createSending } from "../components/sending.js";
import { createSideQuestion } from "../components/side-question.js";
import { createSimilar } from "../components/similar.js";
import { say } from "../lib/words.js";
import { createCityMap } from "../map/city.js";
import { createExtentLayer } from "../map/extent.js";
import { createOthers } from "../map/others.js";
import { createPin } from "../map/pin.js";

const form = document.querySelector(".report-form");
document.documentElement.classList.add("js");
document.getElementById("error-summary")?.focus();

let city = null;
let pin = null;
let others = null;
let draft = null;
let layer = null;
const destination = createDestination(form, {
  sides: createSideQuestion(form),
  onPlaced: (district) => city?.districts.select(district?.code ?? null),
});

// What a person sets by hand is as exact as their eye; only a device says how far it errs.
function remember(latlng, isNew = true) {
  form.elements.accuracy.value = "";
  steps.show();
  extent.put(latlng, isNew);
  place(latlng);
}

function place(latlng) {
  similar.place(latlng);
  form.elements.lat.value = latlng.lat.toFixed(6);
  form.elements.lon.value = latlng.lng.toFixed(6);
  destination.place(latlng);
  draft?.save();
}

// Works before the map is there, and without it.
function moveTo(latlng, isNew = true) {
  if (pin) pin.moveTo(latlng, isNew);
  else remember(latlng, isNew);
}

function locate(latlng, accuracy, isNew = true) {
  moveTo(latlng, isNew);
  form.elements.accuracy.value = accuracy && Math.round(accuracy);
}

function putBack(latlng, accuracy) {
  extent.restore();
  locate(latlng, accuracy, false);
}

function choose(category) {
  destination.matter(category);
  similar.matter(category);
}

const extent = createExtent(form, {
  onChange: (corners, isArea) => {
    layer?.show(corners, isArea);
    destination.cover(form.elements.extent.value);
    draft?.save();
  },
  onMoveTo: (latlng) => moveTo(latlng, false),
});
const similar = createSimilar(form, { onFound: (features) => others?.show(features) });
const steps = createPinSteps(form, { onStep: (metres) => pin?.moveBy(metres) });
createCounter(form);
const personal = createPersonalDataWarning(form);
createCategoryPicker(form, { onChoose: choose });
const origin = createPhotoOrigin(form, { onPlace: locate });
const photos = createPhotos(form, { onChange: () => draft?.save(), onTaken: origin.offer });
form
  .querySelector("[data-photo-first]")
  .addEventListener("click", () => form.elements.files.click());
createPreview(form, { photos });
draft = createDraft(form, { photos, onRestore: putBack });
const queue = createQueue(document.querySelector("[data-queue]"));
createSending(form, { photos, draft, queue });
form.elements.submission_id.value ||= crypto.randomUUID();
const restored = draft.restore();
createAddressSearch(form, { onFound: moveTo, onDistrict: (code) => city?.districts.show(code) });
askForPosition(form.querySelector("[data-here]"), {
  onFound: locate,
  onFailed: (reason) => (form.querySelector("[data-place]").textContent = say(reason)),
});

city = await createCityMap(form.querySelector("[data-city-map]"));
others = createOthers(city.map);
layer = createExtentLayer(city.map);
pin = createPin(city.map, { label: say("pin"), onMove: remember });
form.querySelector("[data-city-map]").dataset.pinReady = "true";
await restored;
personal.check();
const { lat, lon } = form.elements;
if (lat.value && lon.value) {
  putBack({ lat: Number(lat.value), lng: Number(lon.value) }, form.elements.accuracy.value);
}
