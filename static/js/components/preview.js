/** What becomes public, in the words and pictures of this report as it stands now. */
import { say } from "../lib/words.js";

/** `photos` as made by createPhotos. Filled whenever it is opened, and while it is open. */
export function createPreview(form, { photos }) {
  const section = form.querySelector("[data-preview]");
  const slots = {};
  for (const slot of section.querySelectorAll("[data-slot]")) {
    slots[slot.dataset.slot] = { slot, empty: slot.textContent };
  }
  const fill = () => section.open && show(form, slots, photos.items());
  section.addEventListener("toggle", fill);
  form.addEventListener("input", fill);
  form.addEventListener("change", fill);
  return { fill };
}

function show(form, slots, items) {
  put(slots.category, form.querySelector("[name=category]:checked")?.dataset.name);
  put(slots.place, form.querySelector("[data-place]").textContent.trim());
  put(slots.description, form.elements.description.value.trim());
  const words = items.map(({ name, description }) => description || name).join("; ");
  put(slots.photos, words && say("previewPhotos", { count: items.length, words }));
}

function put({ slot, empty }, text) {
  slot.textContent = text || empty;
}
