/**
 * The draft: all that was typed, the pin and the photos, on this device only, until the report is
 * sent or discarded. A crash, a closed tab, an expired form or an error page lose nothing.
 */
import {
  draftFrom,
  forgetDraft,
  isConsentOf,
  ownKey,
  readDraft,
  writeDraft,
} from "../lib/kept-draft.js";
import { say } from "../lib/words.js";

const SETTLE_MS = 300;

/**
 * `photos` as made by createPhotos; `onRestore({lat, lng}, accuracy)` puts the pin back. Returns
 * {save(), write(), restore(), end()}; `restore` does nothing on a page that carries values of its own.
 */
export function createDraft(form, { photos, onRestore }) {
  const draft = { form, photos, onRestore, timer: 0, off: false };
  const save = () => {
    clearTimeout(draft.timer);
    draft.timer = setTimeout(() => write(draft), SETTLE_MS);
  };
  form.addEventListener("input", save);
  form.addEventListener("change", save);
  // A page that is left while the timer runs must not lose the last letters.
  document.addEventListener("visibilitychange", () => document.hidden && write(draft));
  form.querySelector("[data-draft-discard]").addEventListener("click", () => discard(draft));
  return {
    save,
    write: () => write(draft),
    restore: () => restore(draft),
    end: () => (draft.off = true),
  };
}

async function write({ form, photos, off }) {
  const kept = draftFrom([...new FormData(form)], photos.items());
  if (off || !kept) return;
  // A private window may refuse to keep anything: the form works without.
  await writeDraft(kept).catch(() => {});
}

async function restore(draft) {
  const kept = await readDraft().catch(() => null);
  if (!kept || draft.form.hasAttribute("data-bound")) return;
  const { form } = draft;
  for (const [name, value] of Object.entries(kept.values)) form.elements[name].value = value;
  form.elements.submission_id.value = await ownKey(kept.values.submission_id);
  form.elements.consent.checked = isConsentOf(kept, form.elements.clause.value);
  choose(form, kept.category);
  for (const [name, value] of kept.answers ?? []) answer(form, name, value);
  const { lat, lon, accuracy } = kept.values;
  if (lat && lon) draft.onRestore({ lat: Number(lat), lng: Number(lon) }, Number(accuracy) || "");
  draft.photos.add(kept.photos.filter(({ file }) => file));
  tell(form, kept.at);
}

function choose(form, code) {
  const radio = code && form.querySelector(`[name=category][value="${CSS.escape(code)}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

function answer(form, name, value) {
  for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox")
      field.checked ||= field.value === value;
    else field.value = value;
  }
}

function tell(form, at) {
  const notice = form.querySelector("[data-draft]");
  const time = new Date(at).toLocaleString(document.documentElement.lang, {
    dateStyle: "long",
    timeStyle: "short",
  });
  notice.querySelector("[data-draft-said]").textContent = say("restored", { time });
  notice.hidden = false;
}

async function discard(draft) {
  draft.off = true;
  clearTimeout(draft.timer);
  await forgetDraft();
  window.location.replace(window.location.pathname);
}
