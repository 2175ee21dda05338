/**
 * Reports that wait for the network: kept on the device, sent once, discarded when told so. Also
 * used by the service worker, so nothing here touches a page.
 */
import { all, get, put, remove } from "./store.js";

const STORE = "outgoing";
const LOCK = "portal-outgoing";
const SEND_URL = "/api/v1/reports/";
const PHOTOS_URL = "/api/v1/photos/";

/** What to do with the answer to a report that was sent. */
export function outcome(status) {
  if (status === 200 || status === 201) return "sent";
  return status === 429 || status >= 500 ? "wait" : "refused";
}

/** Keep one: {body, photos: [{name, file, id}], label}. `body.submission_id` is its key. */
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
      if (!went) return;
    }
  });
}

// True when the network is there, whatever the answer.
async function sendOne(key) {
  const entry = await get(STORE, key);
  if (!entry) return true;
  const answer = await send({ ...entry.body, photos: await uploaded(entry) });
  const state = outcome(answer.status);
  if (state === "wait") return false;
  const told = await answer.json().catch(() => ({}));
  await put(STORE, key, { ...entry, state, reference: told.reference, detail: told.detail });
  return true;
}

/** The answer of the portal; rejects without a network. */
export function send(body) {
  return fetch(SEND_URL, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  });
}

// A photo that the portal refuses does not hold the report back.
async function uploaded({ photos }) {
  const ids = [];
  for (const photo of photos) {
    const id = photo.id ?? (await upload(photo));
    if (id) ids.push(id);
  }
  return ids;
}

async function upload({ file, name }) {
  const body = new FormData();
  body.append("file", file, name);
  const answer = await fetch(PHOTOS_URL, {
    method: "POST",
    headers: { Accept: "application/json" },
    body,
  });
  if (outcome(answer.status) === "wait") throw new Error(`photo: ${answer.status}`);
  return answer.ok ? (await answer.json()).id : null;
}
