/** Photos go up as soon as they are chosen; each has a tile with progress and a way to remove it. */
import { say } from "../lib/words.js";

export function createPhotos(form) {
  const room = form.querySelector("[data-photos]");
  const photos = {
    url: form.dataset.photosUrl,
    most: Number(room.dataset.most),
    list: room.querySelector("[data-photo-list]"),
    status: room.querySelector("[data-photo-status]"),
    input: form.elements.files,
    pending: 0,
    waiting: [],
  };
  photos.input.addEventListener("change", () => add(photos));
  for (const tile of photos.list.children)
    letRemove(photos, tile, tile.querySelector(".caption").textContent);
  return {
    busy: () => photos.pending > 0,
    settled: () => new Promise((resolve) => photos.waiting.push(resolve)),
  };
}

function add(photos) {
  const files = [...photos.input.files];
  // What went up by script must not go up with the form again.
  photos.input.value = "";
  const room = photos.most - photos.list.querySelectorAll("li:not(.is-refused)").length;
  for (const file of files.slice(0, room)) upload(photos, file);
  if (files.length > room) photos.status.textContent = say("tooMany");
}

function upload(photos, file) {
  const tile = createTile(photos, file);
  const request = new XMLHttpRequest();
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    tile.querySelector("progress").value = (loaded / total) * 100;
  });
  request.addEventListener("load", () => settle(photos, tile, file, request));
  request.addEventListener("error", () =>
    refuse(photos, tile, say("uploadFailed", { name: file.name })),
  );
  request.addEventListener("loadend", () => finish(photos));
  tile.addEventListener("removed", () => request.abort());
  const body = new FormData();
  body.append("file", file);
  photos.pending += 1;
  request.open("POST", photos.url);
  request.setRequestHeader("Accept", "application/json");
  request.send(body);
}

function finish(photos) {
  photos.pending -= 1;
  if (photos.pending) return;
  for (const resolve of photos.waiting.splice(0)) resolve();
}

function createTile(photos, file) {
  const tile = document.getElementById("photo-tile").content.firstElementChild.cloneNode(true);
  tile.querySelector(".caption").textContent = file.name;
  letRemove(photos, tile, file.name);
  preview(tile, file);
  photos.list.append(tile);
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

function settle(photos, tile, file, request) {
  tile.querySelector("progress")?.remove();
  const answer = parsed(request.responseText);
  if (request.status !== 201) {
    return refuse(photos, tile, answer.detail ?? say("uploadFailed", { name: file.name }));
  }
  tile.append(hidden("photo", answer.id), hidden("photo_name", file.name));
  photos.status.textContent = say("uploaded", { name: file.name });
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

function refuse(photos, tile, text) {
  tile.querySelector("progress")?.remove();
  tile.classList.add("is-refused");
  const caption = tile.querySelector(".caption");
  caption.textContent = `${caption.textContent}: ${text}`;
  photos.status.textContent = caption.textContent;
}

function letRemove(photos, tile, name) {
  const button = tile.querySelector("[data-remove]");
  button.setAttribute("aria-label", say("remove", { name }));
  button.addEventListener("click", () => {
    tile.dispatchEvent(new Event("removed"));
    tile.remove();
    photos.status.textContent = say("removed", { name });
    photos.input.focus();
  });
}
