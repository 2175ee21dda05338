/**
 * Photos go up as soon as they are chosen; each has a tile with progress, words and ways to move
 * and remove it. Without a network they wait on the device and go on where they stopped.
 */
import { isSlow, shrink } from "../lib/shrinking.js";
import { PutOff, Refused, TooSlow, upload } from "../lib/uploading.js";
import { say } from "../lib/words.js";
import {
  createTile,
  listen,
  showDone,
  showOrder,
  showProgress,
  showRefused,
  showText,
} from "./photo-tile.js";

/**
 * Returns {items(), add(entries), settled()}: items are {name, file, id, at, description, held} in
 * order (`id` null until the photo is up, `file` null for one that came with the page, `held` why the
 * portal takes it later). `onChange()` after
 * every change, `onTaken(file)` for each that a person chose.
 */
export function createPhotos(form, { onChange, onTaken }) {
  const section = form.querySelector("[data-photos]");
  const photos = {
    url: form.dataset.uploadsUrl,
    most: Number(section.dataset.most),
    list: section.querySelector("[data-photo-list]"),
    status: section.querySelector("[data-photo-status]"),
    refused: section.querySelector("[data-photo-refused]"),
    input: form.elements.files,
    items: [],
    waiting: [],
    onChange,
  };
  photos.input.addEventListener("change", () => take(photos, onTaken));
  for (const tile of photos.list.children) adopt(photos, tile);
  order(photos);
  for (const event of ["online", "portal-open"])
    window.addEventListener(event, () => retry(photos));
  return {
    items: () =>
      photos.items.map(({ name, file, id, at, description, held }) => ({
        name,
        file,
        id,
        at,
        description,
        held,
      })),
    add: (entries) => add(photos, entries),
    settled: () => settled(photos),
  };
}

// Resolves when nothing is on its way: what is not up by then has no network.
function settled(photos) {
  if (!photos.items.some(({ running }) => running)) return Promise.resolve();
  return new Promise((resolve) => photos.waiting.push(resolve));
}

function adopt(photos, tile) {
  const value = (name) => tile.querySelector(`[name=${name}]`).value;
  const name = tile.querySelector(".caption").textContent;
  const described = value("photo_description");
  join(photos, { tile, name, file: null, id: value("photo"), description: described });
}

function take(photos, onTaken) {
  const files = [...photos.input.files];
  // What went up by script must not go up with the form again.
  photos.input.value = "";
  const before = photos.items.length;
  add(
    photos,
    files.map((file) => ({ file, name: file.name })),
  );
  for (const { file } of photos.items.slice(before)) onTaken(file);
}

function add(photos, entries) {
  const free = photos.most - photos.items.length;
  for (const { file, name, at, description = "" } of entries.slice(0, free)) {
    const tile = createTile(file, name, description);
    const item = { tile, name, file, id: null, at, description, running: null };
    photos.list.append(tile);
    join(photos, item);
    send(photos, item);
  }
  order(photos);
  photos.refused.textContent = entries.length > free ? say("tooMany") : "";
  photos.onChange();
}

function join(photos, item) {
  photos.items.push(item);
  listen(item.tile, item.name, {
    onRemove: () => remove(photos, item),
    onMove: (step) => move(photos, item, step),
    onDescribe: (text) => {
      item.description = text;
    },
  });
}

async function send(photos, item) {
  item.running = new AbortController();
  item.held = undefined;
  try {
    settle(photos, item, await go(photos, item));
  } catch (fault) {
    if (fault instanceof Refused) refuse(photos, item, fault.message);
    else if (fault instanceof PutOff) putOff(photos, item, fault.message);
    else if (fault.name !== "AbortError") hold(photos, item);
  }
  item.running = null;
  photos.onChange();
  if (photos.items.some(({ running }) => running)) return;
  for (const resolve of photos.waiting.splice(0)) resolve();
}

// On a slow connection a smaller picture goes; where the browser does not know, the first part tells.
async function go(photos, item, impatient = true) {
  const fresh = !item.at;
  if (fresh && impatient && isSlow()) item.file = await shrink(item.file);
  try {
    return await upload(item.file, {
      url: photos.url,
      at: item.at,
      signal: item.running.signal,
      impatient: impatient && fresh,
      onAt: (at) => {
        item.at = at;
        photos.onChange();
      },
      onProgress: (part) => showProgress(item.tile, part),
    });
  } catch (fault) {
    if (!(fault instanceof TooSlow)) throw fault;
    const smaller = await shrink(item.file);
    if (smaller !== item.file) Object.assign(item, { file: smaller, at: null });
    return go(photos, item, false);
  }
}

function settle(photos, item, id) {
  item.id = id;
  showDone(item.tile, item);
  photos.status.textContent = say("uploaded", { name: item.name });
}

function putOff(photos, item, why) {
  item.held = why;
  hold(photos, item, `${item.name}: ${why}`);
}

function hold(photos, item, text = say("photoWaits", { name: item.name })) {
  showText(item.tile, text);
  photos.status.textContent = text;
}

function retry(photos) {
  for (const item of photos.items) if (item.file && !item.id && !item.running) send(photos, item);
}

function refuse(photos, item, detail) {
  const text = `${item.name}: ${detail || say("uploadFailed", { name: item.name })}`;
  showRefused(item.tile, text);
  photos.items = photos.items.filter((other) => other !== item);
  order(photos);
  photos.status.textContent = text;
}

function remove(photos, item) {
  item.running?.abort();
  photos.items = photos.items.filter((other) => other !== item);
  item.tile.remove();
  order(photos);
  photos.status.textContent = say("removed", { name: item.name });
  photos.input.focus();
  photos.onChange();
}

function move(photos, item, step) {
  const from = photos.items.indexOf(item);
  const held = document.activeElement;
  photos.items.splice(from + step, 0, ...photos.items.splice(from, 1));
  // The neighbour moves, not the tile itself: moving an element takes its focus away.
  const neighbour = photos.items[from].tile;
  if (step < 0) item.tile.after(neighbour);
  else item.tile.before(neighbour);
  held.focus();
  order(photos);
  photos.status.textContent = say("photoMoved", { name: item.name, place: from + step + 1 });
  photos.onChange();
}

function order(photos) {
  for (const [index, { tile }] of photos.items.entries())
    showOrder(tile, index, photos.items.length);
}
