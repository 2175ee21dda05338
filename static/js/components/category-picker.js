/** Categories: searched, chosen, suggested from the description, with their questions, or the way elsewhere. */
import { knownCategory, rankCategories } from "../lib/category-search.js";
import { say } from "../lib/words.js";
import { createCategoryChoices } from "./category-choices.js";
import { createCategorySearch } from "./category-search.js";

const SETTLE_MS = 500;

/** `onChoose(radio)` when a category is chosen, also for one chosen already. */
export function createCategoryPicker(form, { onChoose }) {
  const known = knownCategories(form);
  const picker = { form, onChoose, known, suggested: null, choices: createCategoryChoices(form) };
  createCategorySearch(form, known);
  form.addEventListener(
    "change",
    ({ target }) => target.name === "category" && choose(picker, target),
  );
  suggestWhileTyping(picker);
  const chosen = form.querySelector("[name=category]:checked");
  if (chosen) choose(picker, chosen);
}

function knownCategories(form) {
  return [...form.querySelectorAll("[data-words]")].map((label) =>
    knownCategory(label, label.dataset.words.split("|"), Number(label.dataset.uses)),
  );
}

function suggestWhileTyping(picker) {
  const { form } = picker;
  let timer;
  form.elements.description.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(picker), SETTLE_MS);
  });
  form.querySelector("[data-suggestion-take]").addEventListener("click", () => {
    picker.suggested.click();
  });
}

// The likeliest category; none while one is chosen. Of a long text every slip would fit something.
function suggest(picker) {
  const { form, known } = picker;
  const [label] = rankCategories(form.elements.description.value, known, { slips: false });
  const isFree = !form.querySelector("[name=category]:checked");
  picker.suggested = (isFree && label?.querySelector("input")) || null;
  const section = form.querySelector("[data-suggestion]");
  section.hidden = !picker.suggested;
  const name = picker.suggested?.dataset.name;
  section.querySelector("[data-suggestion-said]").textContent = name
    ? say("suggested", { name })
    : "";
}

function choose(picker, radio) {
  const { form, onChoose, choices } = picker;
  choices.show(radio);
  const { hint, kind, advice } = radio.dataset;
  tell(form.querySelector("[data-emergency]"), kind === "emergency" ? advice : hint);
  sendElsewhere(form, radio);
  for (const section of form.querySelectorAll("[data-questions]")) {
    section.hidden = section.dataset.questions !== radio.value;
    // What is not asked is not sent.
    section.disabled = section.hidden;
  }
  form.querySelector("[data-suggestion]").hidden = true;
  onChoose(radio);
}

function tell(warning, text) {
  warning.textContent = text;
  warning.hidden = !text;
}

function sendElsewhere(form, { value, dataset: { kind, advice, phone, url } }) {
  const cards = showCards(form, value);
  const section = form.querySelector("[data-elsewhere]");
  section.hidden = cards || kind === "report" || (kind === "emergency" && !phone && !url);
  section.querySelector("[data-slot=advice]").textContent = kind === "emergency" ? "" : advice;
  const call = section.querySelector("[data-slot=phone]");
  call.textContent = phone;
  if (phone) call.href = `tel:${phone.replaceAll(" ", "")}`;
  const link = section.querySelector("[data-slot=url]");
  link.textContent = url ? new URL(url).hostname : "";
  link.hidden = !url;
  if (url) link.href = url;
  form.querySelector("[data-send]").disabled = kind !== "report";
}

// A card of the knowledge base says more than the category's advice, and stands in its place.
function showCards(form, code) {
  let isShown = false;
  for (const section of form.querySelectorAll("[data-cards-of]")) {
    section.hidden = section.dataset.cardsOf !== code;
    isShown ||= !section.hidden;
  }
  return isShown;
}
