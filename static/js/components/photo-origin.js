/** "Taken here?": the place and the time that a photo carries are offered, and kept only if taken. */
import { say } from "../lib/words.js";

/** Returns {offer(file)}; `onPlace({lat, lng}, metres)` when the person says so. */
export function createPhotoOrigin(form, { onPlace }) {
  const notice = form.querySelector("[data-origin]");
  const origin = {
    form,
    notice,
    onPlace,
    said: notice.querySelector("[data-origin-said]"),
    here: notice.querySelector("[data-origin-here]"),
    when: notice.querySelector("[data-origin-when]"),
    found: null,
  };
  origin.here.addEventListener("click", () => take(origin));
  origin.when.addEventListener("click", () => write(origin));
  notice.querySelector("[data-origin-no]").addEventListener("click", () => close(origin));
  return { offer: (file) => offer(origin, file) };
}

// The reader of such data is loaded now only; without a network there is simply no offer.
async function offer(origin, file) {
  const { originOf } = await import(origin.notice.dataset.reader).catch(() => ({}));
  const found = await originOf?.(file);
  if (!found || (found.lat === null && !found.time)) return;
  origin.found = found;
  origin.here.hidden = found.lat === null;
  origin.when.hidden = !found.time;
  const text = found.lat === null ? "originTime" : found.time ? "originBoth" : "originPlace";
  origin.said.textContent = say(text, { time: inWords(found.time) });
  origin.notice.hidden = false;
}

function take(origin) {
  const { lat, lng, accuracy } = origin.found;
  origin.onPlace({ lat, lng }, accuracy);
  origin.here.hidden = true;
  if (origin.when.hidden) close(origin);
  else origin.when.focus();
}

function write(origin) {
  const { description } = origin.form.elements;
  const text = say("originWritten", { time: inWords(origin.found.time) });
  description.value = [description.value.trimEnd(), text].filter(Boolean).join("\n");
  description.dispatchEvent(new Event("input", { bubbles: true }));
  origin.when.hidden = true;
  if (origin.here.hidden) close(origin);
  else origin.here.focus();
}

function close(origin) {
  const within = origin.notice.contains(document.activeElement);
  origin.notice.hidden = true;
  origin.found = null;
  if (within) origin.form.querySelector("[data-here]").focus();
}

function inWords(time) {
  const lang = document.documentElement.lang;
  return time?.toLocaleString(lang, { dateStyle: "long", timeStyle: "short" }) ?? "";
}
