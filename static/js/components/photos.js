/**
 * Photos go up as soon as they are chosen; each has a tile with progress and a way to remove it.
 * Without a network they wait on the device and go up when it is back.
 */
import { outcome } from "../lib/outgoing.js";
import { say } from "../lib/words.js";

/**
 * Returns {items(), add(files), settled()}: items are {name, file, id} in order (`id` null until the
 * photo is up, `file` null for one that came with the page); `onChange()` after every change.
 */
export function createPhotos(form, { onChange }) {
  const room = form.querySelector("[data-photos]");
  const photos = {
    url: form.dataset.photosUrl,
    most: Number(room.dataset.most),
    list: room.querySelector("[data-photo-list]"),
    status: room.querySelector("[data-photo-status]"),
    input: form.elements.files,
    items: [],
    waiting: [],
    onChange,
  };
  photos.input.addEventListener("change", () => take(photos));
  for (const tile of photos.list.children) adopt(photos, tile);
  window.addEventListener("online", () => retry(photos));
  return {
    items: () => photos.items.map(({ name, file, id }) => ({ name, file, id })),
    add: (files) => add(photos, files),
    settled: () => settled(photos),
  };
}

// Resolves when nothing is on its way: what is not up by then has no network.
function settled(photos) {
  if (!photos.items.some(({ request }) => request)) return Promise.resolve();
  return new Promise((resolve) => photos.waiting.push(resolve));
}

function adopt(photos, tile) {
  const name = tile.querySelector(".caption").textContent;
  const item = { tile, name, file: null, id: tile.querySelector("[name=photo]").value };
  photos.items.push(item);
  letRemove(photos, item);
}

function take(photos) {
  const files = [...photos.input.files];
  // What went up by script must not go up with the form again.
  photos.input.value = "";
  add(photos, files);
}

function add(photos, files) {
  const room = photos.most - photos.items.length;
  for (const file of files.slice(0, room)) {
    const item = { tile: createTile(file), name: file.name, file, id: null, request: null };
    photos.items.push(item);
    photos.list.append(item.tile);
    letRemove(photos, item);
    upload(photos, item);
  }
  if (files.length > room) photos.status.textContent = say("tooMany");
  photos.onChange();
}

function upload(photos, item) {
  const request = new XMLHttpRequest();
  item.request = request;
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    const progress = item.tile.querySelector("progress");
    if (progress) progress.value = (loaded / total) * 100;
  });
  request.addEventListener("load", () => settle(photos, item, request));
  request.addEventListener("error", () => hold(photos, item));
  request.addEventListener("loadend", () => finish(photos, item));
  const body = new FormData();
  body.append("file", item.file, item.name);
  request.open("POST", photos.url);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function settle(photos, item, request) {
  const state = outcome(request.status);
  if (state === "wait") return hold(photos, item);
  item.tile.querySelector("progress")?.remove();
  const answer = parsed(request.responseText);
  if (state === "refused") return refuse(photos, item, answer.detail);
  item.id = answer.id;
  item.tile.querySelector(".caption").textContent = item.name;
  item.tile.append(hidden("photo", answer.id), hidden("photo_name", item.name));
  photos.status.textContent = say("uploaded", { name: item.name });
}

function hold(photos, item) {
  item.tile.querySelector(".caption").textContent = say("photoWaits", { name: item.name });
  photos.status.textContent = say("photoWaits", { name: item.name });
}

function retry(photos) {
  for (const item of photos.items) if (item.file && !item.id && !item.request) upload(photos, item);
}

function finish(photos, item) {
  item.request = null;
  photos.onChange();
  if (photos.items.some(({ request }) => request)) return;
  for (const resolve of photos.waiting.splice(0)) resolve();
}

function createTile(file) {
  const tile = document.getElementById("photo-tile").content.firstElementChild.cloneNode(true);
  tile.querySelector(".caption").textContent = file.name;
  preview(tile, file);
  return tile;
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

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function hidden(name, value) {
  return Object.assign(document.createElement("input"), { type: "hidden", name, value });
}

// A refused photo is no part of the report any more; its tile says why.
function refuse(photos, item, detail) {
  const text = detail ?? say("uploadFailed", { name: item.name });
  item.tile.classList.add("is-refused");
  item.tile.querySelector(".caption").textContent = `${item.name}: ${text}`;
  photos.items = photos.items.filter((other) => other !== item);
  photos.status.textContent = `${item.name}: ${text}`;
}

function letRemove(photos, item) {
  const button = item.tile.querySelector("[data-remove]");
  button.setAttribute("aria-label", say("remove", { name: item.name }));
  button.addEventListener("click", () => {
    item.request?.abort();
    photos.items = photos.items.filter((other) => other !== item);
    item.tile.remove();
    photos.status.textContent = say("removed", { name: item.name });
    photos.input.focus();
    photos.onChange();
  });
}
