/** The search above the categories: what is found stands in one list, the likeliest first. */
import { rankCategories } from "../lib/category-search.js";
import { say } from "../lib/words.js";

/** `known`: categories as made by knownCategory, whose keys are their labels. */
export function createCategorySearch(form, known) {
  const search = {
    form,
    known,
    field: form.querySelector("[data-category-search]"),
    list: form.querySelector("[data-found]"),
    homes: new Map(known.map(({ key: label }) => [label, label.parentElement])),
  };
  search.field.addEventListener("input", () => show(search));
  search.field.addEventListener("keydown", (event) => press(search, event));
  form.querySelector("[data-other-take]")?.addEventListener("click", () => takeOther(search));
}

function show({ form, known, field, list, homes }) {
  const typed = field.value.trim();
  const found = typed ? rankCategories(typed, known) : [];
  // All go back in their order before some are taken: a radio button stands in one place.
  for (const [label, home] of homes) home.append(label);
  list.replaceChildren(...found);
  list.hidden = !found.length;
  for (const group of form.querySelectorAll("[data-group]")) group.hidden = Boolean(typed);
  const other = form.querySelector("[data-other]");
  if (other) other.hidden = !typed;
  form.querySelector("[data-category-count]").textContent = typed && sentence(typed, found.length);
}

function sentence(text, count) {
  return count ? say("categories", { count }) : say("categoriesNone", { text });
}

function press({ list }, event) {
  if (event.key !== "Enter" && event.key !== "ArrowDown") return;
  // Enter must not send the form from here.
  event.preventDefault();
  list.querySelector("input")?.focus();
}

// What was looked for in vain is the beginning of the description.
function takeOther({ form, field }) {
  const { description } = form.elements;
  if (!description.value.trim()) {
    description.value = field.value.trim();
    description.dispatchEvent(new Event("input", { bubbles: true }));
  }
  const { otherTake } = form.querySelector("[data-other-take]").dataset;
  form.querySelector(`[name=category][value="${CSS.escape(otherTake)}"]`).click();
}
