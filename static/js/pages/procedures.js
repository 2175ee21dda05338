/** The knowledge base: suggestions while a matter or an address is typed, and printing. */
import "../components/printing.js";
import { createCombobox } from "../lib/combobox.js";

const FEWEST_LETTERS = 2;

/**
 * Suggestions for the one text field of `form`: `url` answers JSON to `?q=`, `textOf(item)` is shown,
 * `onChoose(item)` is called. Enter sends the form as it does without scripts.
 */
function suggest(form, url, { textOf, onChoose }) {
  const field = form.querySelector("input[type=search], input[type=text]");
  let request;
  const box = createCombobox(field, form.querySelector("[data-suggestions]"), {
    onType: async () => {
      request?.abort();
      const text = field.value.trim();
      if (text.length < FEWEST_LETTERS) return box.offer([]);
      request = new AbortController();
      const asked = new URL(url, window.location.href);
      asked.searchParams.set("q", text);
      try {
        const answer = await fetch(asked, { signal: request.signal });
        box.offer(answer.ok ? await answer.json() : []);
      } catch (reason) {
        if (reason.name !== "AbortError") box.offer([]);
      }
    },
    onChoose,
    onEnter: () => form.requestSubmit(),
    textOf,
    count: (number) =>
      number === 1 ? form.dataset.sayOne : form.dataset.sayMany.replace("{count}", number),
  });
}

for (const form of document.querySelectorAll("[data-suggestions-url]")) {
  suggest(form, form.dataset.suggestionsUrl, {
    textOf: ({ title }) => title,
    onChoose: ({ url }) => window.location.assign(url),
  });
}
for (const form of document.querySelectorAll("[data-desk-form]")) {
  suggest(form, form.dataset.addressesUrl, {
    textOf: ({ label }) => label,
    onChoose: ({ label, number, kind }) => {
      const field = form.elements.adres;
      const isStreet = !number && !kind;
      field.value = isStreet ? `${label} ` : label;
      if (isStreet) field.focus();
      else form.requestSubmit();
    },
  });
}
