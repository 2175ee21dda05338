/** Forms [data-typed]: what staff typed survives a refresh, until the portal says that it is done. */
import { forgetOthers, keepTyped, readTyped, tabStorage } from "../lib/typed.js";

const storage = tabStorage();
const account = document.querySelector("[data-account]")?.dataset.account;

if (storage && account) {
  forgetOthers(storage, account);
  for (const { dataset } of document.querySelectorAll("[data-done]")) {
    keepTyped(storage, `${account}:${dataset.done}`, []);
  }
  for (const form of document.querySelectorAll("form[data-typed]")) begin(form);
}

function begin(form) {
  const name = `${account}:${form.dataset.typed}`;
  const keep = () => keepTyped(storage, name, changedFields(form));
  // What the server shows again after a refusal is the newest.
  if (!form.hasAttribute("data-bound")) putBack(form, readTyped(storage, name));
  for (const type of ["input", "change"]) form.addEventListener(type, keep);
  form.querySelector("[data-typed-discard]").addEventListener("click", () => {
    keepTyped(storage, name, []);
    form.reset();
    form.querySelector("[data-typed-said]").hidden = true;
  });
}

function changedFields(form) {
  return [...form.elements]
    .filter((field) => field.matches("select, textarea, input[type=text]"))
    .filter((field) => field.value !== shownValue(field))
    .map((field) => [field.name, field.value, field.selectedOptions?.[0]?.label ?? ""]);
}

// A select has no default value of its own.
function shownValue(field) {
  if (!field.options) return field.defaultValue;
  return ([...field.options].find((one) => one.defaultSelected) ?? field.options[0])?.value;
}

function putBack(form, fields) {
  for (const [name, value, label] of fields) {
    const field = form.elements[name];
    if (!field) continue;
    field.value = value;
    // What was chosen may not be offered any more. It stays chosen, and the server says why not.
    if (field.value !== value) field.add(new Option(label, value, false, true));
  }
  if (!fields.length) return;
  form.closest("details")?.setAttribute("open", "");
  form.querySelector("[data-typed-said]").hidden = false;
}
