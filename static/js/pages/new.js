/**
 * The report form: every part works on its own, and the page works without this script. Parts are
 * made in the order in which they need each other; what they call back is called later, by a person
 * or by an answer, when all of them are there.
 */
import { createAddressSearch } from "../components/address-search.js";
import { createCategoryPicker } from "../components/category-picker.js";
import { createContradiction } from "../components/contradiction.js";
import { createCounter } from "../components/counter.js";
import { createDestination } from "../components/destination.js";
import { createDraft } from "../components/draft.js";
import { createExtent } from "../components/extent.js";
import { createFieldErrors } from "../components/field-errors.js";
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
import { createAnswers } from "../lib/answers.js";
import { say } from "../lib/words.js";
import { createFormMap } from "../map/form-map.js";

const form = document.querySelector(".report-form");
document.documentElement.classList.add("js");
document.getElementById("error-summary")?.focus();

const map = createFormMap(form.querySelector("[data-city-map]"), {
  label: say("pin"),
  onMove: remember,
});
const answers = createAnswers(form);
const destination = createDestination(form, {
  answers,
  sides: createSideQuestion(form, { onChange: (border, code) => map.showSides(border, code) }),
  onPlaced: (district, edition) => {
    map.selectDistrict(district?.code ?? null, edition);
    contradiction.setPin(district);
  },
  onAnswered: (asked) => {
    map.keepPinClear(form.querySelector("[data-place-says]").offsetHeight);
    answers.show(answerBeside(asked), asked);
  },
});
const contradiction = createContradiction(form, {
  onPin: () => draft.save(),
  onAddress: forgetPin,
});
const similar = createSimilar(form, { onFound: (features) => map.showOthers(features) });
const steps = createPinSteps(form, { onStep: (metres) => map.stepPin(metres) });
const extent = createExtent(form, {
  onChange: (corners, isArea) => {
    map.showExtent(corners, isArea);
    destination.setExtent(form.elements.extent.value);
    draft.save();
  },
  onMoveTo: (latlng) => map.movePin(latlng, false),
});
createCounter(form);
createFieldErrors(form);
const personal = createPersonalDataWarning(form);
createCategoryPicker(form, {
  onChoose: (category) => {
    destination.setCategory(category);
    similar.setCategory(category);
  },
});
const origin = createPhotoOrigin(form, { onPlace: locate });
const photoFirst = form.querySelector("[data-photo-first]");
const photos = createPhotos(form, {
  onChange: () => draft.save(),
  onTaken: (file) => {
    const isFirst = photoFirst.contains(answers.asked()?.target);
    if (isFirst) tellStart(say("photoTaken", { name: file.name }));
    origin.offer(file);
  },
});
photoFirst.addEventListener("click", () => form.elements.files.click());
createPreview(form, { photos });
const draft = createDraft(form, { photos, onRestore: putBack });
const queue = createQueue(document.querySelector("[data-queue]"));
createSending(form, { photos, draft, queue });
form.elements.submission_id.value ||= crypto.randomUUID();
const restored = draft.restore();
createAddressSearch(form, {
  // The pin may go to another part of a large place, and so into another district.
  onFound: (latlng, address) => {
    locate(latlng, address?.reach || "");
    // In which district the pin stands now is not known yet.
    contradiction.setPin(null);
    contradiction.setAddress(address?.reach ? null : address);
  },
  // The pin of another place must not go with this address.
  onDistrict: (address) => {
    contradiction.setAddress(address);
    if (extent.isPoint()) forgetPin();
    map.showDistrict(address.district.code, address.street_bounds);
  },
});
askForPosition(form.querySelector("[data-here]"), {
  onAsked: () => tellStart(""),
  onFound: locate,
  onFailed: (reason) => tellStart(say(reason)),
});

await restored;
personal.check();
await map.drawn;
// The map shows what a person, a draft or the server has set without it.
const { lat, lon, accuracy } = form.elements;
if (lat.value && lon.value) {
  putBack({ lat: Number(lat.value), lng: Number(lon.value) }, accuracy.value);
}

// What a person sets by hand is as exact as their eye; only a device says how far it errs.
function remember(latlng, isNew) {
  form.elements.accuracy.value = "";
  steps.toggle(true);
  extent.put(latlng, isNew);
  similar.setPlace(latlng);
  form.elements.lat.value = latlng.lat.toFixed(6);
  form.elements.lon.value = latlng.lng.toFixed(6);
  destination.setPlace(latlng);
  draft.save();
}

function locate(latlng, accuracy, isNew = true) {
  map.movePin(latlng, isNew);
  form.elements.accuracy.value = accuracy && Math.round(accuracy);
}

function forgetPin() {
  for (const name of ["lat", "lon", "accuracy"]) form.elements[name].value = "";
  map.removePin();
  extent.forget();
  steps.toggle(false);
  similar.setPlace(null);
  destination.setPlace(null);
  draft.save();
}

function putBack(latlng, accuracy) {
  extent.restore();
  locate(latlng, accuracy, false);
}

// What answers the first two buttons stands below them.
function tellStart(text) {
  const asked = answers.asked();
  const line = form.querySelector("[data-start-said]");
  line.textContent = text;
  if (text) answers.show(line, asked);
}

// By the map stand its sentence and the question that it may raise, under the categories where it goes.
function answerBeside(asked) {
  const place = form.querySelector("[data-place-section]");
  if (!place.contains(asked?.target)) return form.querySelector("[data-destination]");
  return (
    place.querySelector("fieldset.side:not([hidden])") ?? place.querySelector("[data-place-says]")
  );
}
