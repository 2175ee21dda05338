/** One photo on the page: picture, progress, description for those who cannot see it, order, removal. */
import { say } from "../lib/words.js";

/** A tile for `file`; `description` is what was typed before. */
export function createTile(file, name, description) {
  const tile = document.getElementById("photo-tile").content.firstElementChild.cloneNode(true);
  tile.querySelector(".caption").textContent = name;
  tile.querySelector("[name=photo_description]").value = description;
  preview(tile, file);
  return tile;
}

/** `onRemove()`, `onMove(-1 | 1)` and `onDescribe(text)` by the tile's buttons and field. */
export function listen(tile, name, { onRemove, onMove, onDescribe }) {
  const button = (which, word, act) => {
    const found = tile.querySelector(`[data-${which}]`);
    found.setAttribute("aria-label", say(word, { name }));
    found.addEventListener("click", act);
  };
  button("remove", "remove", onRemove);
  button("earlier", "photoEarlier", () => onMove(-1));
  button("later", "photoLater", () => onMove(1));
  const field = tile.querySelector("[name=photo_description]");
  field.setAttribute("aria-label", say("photoDescription", { name }));
  field.addEventListener("input", () => onDescribe(field.value));
}

/** Which buttons make sense at place `index` of `count`; the focus never falls off the tile. */
export function showOrder(tile, index, count) {
  const earlier = tile.querySelector("[data-earlier]");
  const later = tile.querySelector("[data-later]");
  const held = document.activeElement;
  earlier.hidden = index === 0;
  later.hidden = index === count - 1;
  if (held === earlier && earlier.hidden) later.focus();
  if (held === later && later.hidden) earlier.focus();
}

export function showProgress(tile, part) {
  const progress = tile.querySelector("progress");
  if (progress) progress.value = part * 100;
}

export function showText(tile, text) {
  tile.querySelector(".caption").textContent = text;
}

export function showDone(tile, { id, name }) {
  tile.querySelector("progress")?.remove();
  showText(tile, name);
  tile.append(hidden("photo", id), hidden("photo_name", name));
}

/** A refused photo is no part of the report: its words are not asked for any more. */
export function showRefused(tile, text) {
  tile.querySelector("progress")?.remove();
  tile.classList.add("is-refused");
  for (const part of tile.querySelectorAll("[data-earlier], [data-later], .photo-words"))
    part.remove();
  showText(tile, text);
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

// A picture that the browser cannot show (HEIC) keeps the plain tile.
function preview(tile, file) {
  const image = new Image();
  const url = URL.createObjectURL(file);
  image.alt = "";
  image.addEventListener("load", () => {
    tile.querySelector(".photo-blank").replaceWith(image);
    URL.revokeObjectURL(url);
  });
  image.addEventListener("error", () => URL.revokeObjectURL(url));
  image.src = url;
}
