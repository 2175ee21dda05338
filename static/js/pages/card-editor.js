/** The page on which a card is written: marks of Markdown, and a word before typed text is lost. */
import { makeLink, markLines, wrapSelection } from "../lib/markdown-marks.js";

const tools = document.getElementById("markdown-tools");
const form = document.querySelector(".card-form");

function change(field, make) {
  const made = make({ text: field.value, start: field.selectionStart, end: field.selectionEnd });
  field.value = made.text;
  field.focus();
  field.setSelectionRange(made.start, made.end);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

for (const field of document.querySelectorAll("textarea[data-markdown]")) {
  const bar = tools.content.cloneNode(true).firstElementChild;
  for (const button of bar.querySelectorAll("button")) {
    const { wrap, line } = button.dataset;
    const make = (now) =>
      wrap ? wrapSelection(now, wrap) : line ? markLines(now, line) : makeLink(now);
    button.addEventListener("click", () => change(field, make));
  }
  field.before(bar);
}

// Whoever leaves with words that are not saved is asked by the browser.
let isUnsaved = false;
form.addEventListener("input", () => {
  isUnsaved = true;
});
form.addEventListener("submit", () => {
  isUnsaved = false;
});
addEventListener("beforeunload", (event) => {
  if (isUnsaved) event.preventDefault();
});
