/** Categories: found by a word or a part of one, with the warning that an emergency needs. */
import { plain } from "../lib/plain.js";
import { say } from "../lib/words.js";

/** `onChoose(radio)` when a category is chosen, also for one chosen already. */
export function createCategoryPicker(form, { onChoose }) {
  const search = form.querySelector("[data-category-search]");
  search.addEventListener("input", () => filter(form, plain(search.value.trim())));
  search.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  form.addEventListener(
    "change",
    ({ target }) => target.name === "category" && choose(form, target, onChoose),
  );
  const chosen = form.querySelector("[name=category]:checked");
  if (chosen) choose(form, chosen, onChoose);
}

function filter(form, word) {
  let count = 0;
  for (const group of form.querySelectorAll("[data-group]")) {
    let matches = 0;
    for (const label of group.querySelectorAll("[data-words]")) {
      const isMatch = plain(label.dataset.words).includes(word);
      label.hidden = !isMatch;
      matches += isMatch;
    }
    group.hidden = !matches;
    group.open = word ? matches > 0 : Boolean(group.querySelector(":checked"));
    count += matches;
  }
  form.querySelector("[data-category-count]").textContent = word
    ? say("categories", { count })
    : "";
}

function choose(form, radio, onChoose) {
  const warning = form.querySelector("[data-emergency]");
  warning.textContent = radio.dataset.hint;
  warning.hidden = !radio.dataset.hint;
  onChoose(radio);
}
