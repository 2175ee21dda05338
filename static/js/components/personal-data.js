/** Below the description: what may be personal data in it, each with a way to take it out. */
import { findPart, namePersonalData } from "../lib/personal-data.js";
import { say } from "../lib/words.js";

const CUT = "[…]";
// After the last keystroke: a number half typed is not one yet, and nobody wants to be interrupted.
const PAUSE_MS = 600;
const KINDS = {
  bank_account: "personalBankAccount",
  pesel: "personalPesel",
  email: "personalEmail",
  phone: "personalPhone",
  car_plate: "personalCarPlate",
};

/** Works on the form's `description`; sending does not depend on it. Returns {check()}. */
export function createPersonalDataWarning(form) {
  const section = form.querySelector("[data-personal]");
  const state = { section, field: form.elements.description, shown: "", timer: 0 };
  state.field.addEventListener("input", () => {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => check(state), PAUSE_MS);
  });
  check(state);
  return { check: () => check(state) };
}

function check(state) {
  clearTimeout(state.timer);
  const items = namePersonalData(state.field.value);
  const shown = JSON.stringify(items);
  // The same again would be read out again.
  if (shown === state.shown) return;
  state.shown = shown;
  state.section.replaceChildren(...(items.length ? [notice(state, items)] : []));
}

function notice(state, items) {
  const element = clone("personal-notice");
  element
    .querySelector("[data-personal-list]")
    .replaceChildren(...items.map((item) => row(state, item)));
  return element;
}

function row(state, item) {
  const element = clone("personal-row");
  element.querySelector("[data-slot=kind]").textContent = say(KINDS[item.kind]);
  element.querySelector("[data-slot=text]").textContent = item.part;
  const button = element.querySelector("button");
  button.setAttribute("aria-label", say("personalRemove", { text: item.part }));
  button.addEventListener("click", () => takeOut(state, item));
  return element;
}

// Looked for anew: the text may have changed since the button appeared.
function takeOut(state, item) {
  const { field, section } = state;
  const place = [...section.querySelectorAll("button")].indexOf(document.activeElement);
  for (const { start, end } of findPart(field.value, item)) {
    field.setRangeText(CUT, start, end, "end");
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
  check(state);
  const left = section.querySelectorAll("button");
  (left[Math.min(Math.max(place, 0), left.length - 1)] ?? field).focus();
}

function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}
