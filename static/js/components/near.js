/** What changed near the reader: their position, if they allow it, fills the form; the answer is swapped in. */
import { roughly } from "../lib/rounding.js";
import { askForPosition } from "./position.js";

export function createNear(form) {
  const said = form.querySelector("[data-said]");
  const place = form.elements.namedItem("place");
  const say = (name) => {
    said.textContent = name ? form.dataset[name] : "";
  };
  askForPosition(form.querySelector("[data-position]"), {
    onAsked: () => say("asking"),
    onFound: (position) => show(form, roughly(position), say),
    onFailed: (why) => {
      say(why === "locateRefused" ? "refused" : "failed");
      place.focus();
    },
  });
}

/** The position is asked for by fetch, so that it stands in no address bar and no history. */
async function show(form, words, say) {
  try {
    const answer = await fetch(`${form.action}?place=${encodeURIComponent(words)}`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const error = page.querySelector(".near-form .field-error")?.textContent.trim();
    if (error) {
      form.querySelector("[data-said]").textContent = error;
      return;
    }
    document
      .querySelector("[data-near-found]")
      .replaceChildren(...page.querySelector("[data-near-found]").childNodes);
    say();
  } catch {
    say("broken");
  }
}
