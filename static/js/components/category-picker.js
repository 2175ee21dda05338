/** Categories: found by ordinary words and slips, with their questions, or the way elsewhere. */
import { isFound, mostNamedIn } from "../lib/category-search.js";
import { words } from "../lib/matching.js";
import { say } from "../lib/words.js";

const SETTLE_MS = 500;

/** `onChoose(radio)` when a category is chosen, also for one chosen already. */
export function createCategoryPicker(form, { onChoose }) {
  const picker = { form, onChoose, known: knownWords(form), suggested: null };
  const search = form.querySelector("[data-category-search]");
  search.addEventListener("input", () => filter(picker, search.value));
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  form.addEventListener(
    "change",
    ({ target }) => target.name === "category" && choose(picker, target),
  );
  suggestWhileTyping(picker);
  const chosen = form.querySelector("[name=category]:checked");
  if (chosen) choose(picker, chosen);
}

function knownWords(form) {
  const labels = [...form.querySelectorAll("[data-words]")];
  return new Map(labels.map((label) => [label, words(label.dataset.words)]));
}

function filter({ form, known }, text) {
  const typed = words(text);
  for (const group of form.querySelectorAll("[data-group]")) {
    const labels = [...group.querySelectorAll("[data-words]")];
    for (const label of labels) label.hidden = !isFound(text, known.get(label));
    const matches = labels.filter((label) => !label.hidden).length;
    group.hidden = !matches;
    group.open = typed.length ? matches > 0 : Boolean(group.querySelector(":checked"));
  }
  const count = [...known.keys()].filter((label) => !label.hidden).length;
  form.querySelector("[data-category-count]").textContent = typed.length
    ? say("categories", { count })
    : "";
}

function suggestWhileTyping(picker) {
  const { form } = picker;
  let timer;
  form.elements.description.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => suggest(picker), SETTLE_MS);
  });
  form.querySelector("[data-suggestion-take]").addEventListener("click", () => {
    picker.suggested.checked = true;
    picker.suggested.closest("details").open = true;
    picker.suggested.dispatchEvent(new Event("change", { bubbles: true }));
    picker.suggested.focus();
  });
}

// The category most of whose own words were typed; none while one is chosen.
function suggest(picker) {
  const { form, known } = picker;
  const label = mostNamedIn(form.elements.description.value, known);
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
  const { form, onChoose } = picker;
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

function sendElsewhere(form, { dataset: { kind, advice, phone, url } }) {
  const section = form.querySelector("[data-elsewhere]");
  section.hidden = kind === "report" || (kind === "emergency" && !phone && !url);
  section.querySelector("[data-slot=advice]").textContent = kind === "emergency" ? "" : advice;
  const call = section.querySelector("[data-slot=phone]");
  call.textContent = phone;
  if (phone) call.href = `tel:${phone.replaceAll(" ", "")}`;
  const link = section.querySelector("[data-slot=url]");
  link.textContent = url ? new URL(url).hostname : "";
  if (url) link.href = url;
  form.querySelector("[data-send]").disabled = kind !== "report";
}
