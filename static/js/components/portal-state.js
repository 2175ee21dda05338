/**
 * Tells whoever fills in a form of a break or a switch, once for the ear at each step and always for
 * the eye. The portal is asked every minute; between two answers the clock of the device runs.
 */
import { isOpen, situation } from "../lib/portal-state.js";

const ASK_MS = 60_000;
const TICK_MS = 15_000;

/** `line` holds the words; it fires "portal-open" at the window when the form can be sent again. */
export function createPortalState(line) {
  const watch = {
    line,
    state: null,
    asked: 0,
    answered: 0,
    offset: 0,
    shown: null,
    functions: (line.dataset.functions ?? "").split(" ").filter(Boolean),
  };
  const ask = () => askPortal(watch).catch(() => {});
  document.addEventListener("visibilitychange", () => document.hidden || ask());
  setInterval(ask, ASK_MS);
  setInterval(() => watch.state && tell(watch), TICK_MS);
  ask();
}

async function askPortal(watch) {
  watch.asked += 1;
  const number = watch.asked;
  const headers = { Accept: "application/json" };
  const answer = await fetch(watch.line.dataset.url, { headers });
  if (!answer.ok) return;
  const state = await answer.json();
  // An answer that was overtaken on its way is old news.
  if (number < watch.answered) return;
  watch.answered = number;
  watch.state = state;
  // The clock of a device may be wrong.
  watch.offset = Date.parse(watch.state.now) - Date.now();
  tell(watch);
}

function tell(watch) {
  const { line, shown } = watch;
  const found = situation(watch.state, Date.now() + watch.offset, watch.functions);
  const isNew = found?.key !== shown?.key || found?.step !== shown?.step;
  const opens = !isOpen(shown) && isOpen(found);
  watch.shown = found;
  const text = found ? words(line, found.key, found.values) : opens ? words(line, "open", {}) : "";
  if (opens) window.dispatchEvent(new Event("portal-open"));
  if (!isNew && !found) return;
  line.querySelector("[data-state-seen]").parentElement.hidden = !text;
  line.querySelector("[data-state-seen]").textContent = text;
  if (isNew) line.querySelector("[data-state-said]").textContent = text;
}

function words(line, key, values) {
  const text = line.dataset[`say${key[0].toUpperCase()}${key.slice(1)}`];
  return text.replace(/\{(\w+)\}/g, (whole, word) => values[word] ?? whole);
}
