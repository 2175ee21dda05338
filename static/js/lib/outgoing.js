/**
 * Reports that wait for the network: kept on the device, sent once, discarded when told so. Also
 * used by the service worker, so nothing here touches a page.
 */
import { prove } from "./proving.js";
import { all, get, put, remove } from "./store.js";
import { Refused, upload } from "./uploading.js";

const STORE = "outgoing";
const LOCK = "portal-outgoing";
const SEND_URL = "/api/v1/reports/";
const CHALLENGED = 428;
const UPLOADS_URL = "/api/v1/uploads/";

/** What to do with the answer to a report that was sent; `code` is what the portal calls it. */
export function outcome(status, code) {
  if (status === 200 || status === 201) return "sent";
  const passes = status === 429 || status === CHALLENGED || status >= 500;
  return passes || code === "other_account" ? "wait" : "refused";
}

/** Keep one: {body, photos: [{file, id, at, description}], label}. `body.submission_id` is its key. */
export function keep(entry) {
  return put(STORE, entry.body.submission_id, { ...entry, state: "wait", at: Date.now() });
}

export const waiting = () => all(STORE);

/** Not before what is being sent has been answered: then it is too late, and the row is gone. */
export function discard(key) {
  return navigator.locks.request(LOCK, () => remove(STORE, key));
}

/** Send all that waits, one after the other; two tabs never at once. `onChange()` after each. */
export function sendAll(onChange = () => {}) {
  return navigator.locks.request(LOCK, async () => {
    for (const { body, state } of await all(STORE)) {
      if (state !== "wait") continue;
      const went = await sendOne(body.submission_id).catch(() => false);
      onChange();
      // One that has to wait for itself does not hold up the others.
      if (!went && !navigator.onLine) return;
    }
  });
}

// True when the network is there, whatever the answer.
async function sendOne(key) {
  const entry = await get(STORE, key);
  if (!entry) return true;
  const answer = await send({ ...entry.body, ...(await uploaded(entry)) });
  const told = await answer.json().catch(() => ({}));
  if (told.code === "unknown_photo" && entry.photos.some(({ id }) => id)) {
    // Uploaded so long ago that they were erased; the files are still here.
    for (const photo of entry.photos) Object.assign(photo, { id: undefined, at: undefined });
    await put(STORE, key, entry);
    return sendOne(key);
  }
  const state = outcome(answer.status, told.code);
  if (state === "wait") return false;
  await put(STORE, key, { ...entry, state, reference: told.reference, detail: told.detail });
  return true;
}

/** The answer of the portal, its challenge worked off; rejects without a network. */
export async function send(body) {
  const answer = await post(body);
  if (answer.status !== CHALLENGED) return answer;
  const { challenge } = await answer.clone().json();
  const proof = await prove(challenge);
  return proof ? post({ ...body, proof }) : answer;
}

function post(body) {
  return fetch(SEND_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
}

/** Ids of photos and what is to be seen on them, as the portal takes them. */
export function described(photos) {
  const told = photos.filter(({ description }) => description?.trim());
  return {
    photos: photos.map(({ id }) => id),
    photo_descriptions: Object.fromEntries(
      told.map((photo) => [photo.id, photo.description.trim()]),
    ),
  };
}

async function uploaded(entry) {
  for (const photo of entry.photos) photo.id ??= await sent(photo, entry);
  return described(entry.photos.filter(({ id }) => id));
}

// A photo that the portal refuses does not hold the report back.
async function sent(photo, entry) {
  const onAt = (at) => {
    photo.at = at;
    return put(STORE, entry.body.submission_id, entry);
  };
  try {
    return await upload(photo.file, { url: UPLOADS_URL, at: photo.at, onAt });
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}
