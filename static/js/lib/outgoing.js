/**
 * Reports that the device keeps: they wait for the network, are sent once, and are discarded when the
 * person says so. Also used by the service worker, so nothing here touches a page.
 */
import { prove } from "./proving.js";
import { all, get, put, remove } from "./store.js";
import { isPutOff, PutOff, Refused, upload } from "./uploading.js";

const STORE = "outgoing";
const LOCK = "portal-outgoing";
const SEND_URL = "/api/v1/reports/";
const UPLOADS_URL = "/api/v1/uploads/";
const CHALLENGED = 428;

/** What to do with the answer to a report that was sent; `code` is the portal's name of its refusal. */
export function outcome(status, code) {
  if (status === 200 || status === 201) return "sent";
  // The portal has an earlier report with this key, and it said something else.
  if (code === "already_sent") return "already";
  const passes = status === 429 || status === CHALLENGED || status >= 500;
  return passes || code === "other_account" ? "wait" : "refused";
}

/** The portal's words about why a report has to wait; undefined where only the network holds it up. */
export const heldBy = ({ code, detail }) => (isPutOff(code) ? detail : undefined);

/**
 * Keep one: {body, photos: [{file, id, at, description}], label, held}. `body.submission_id` is its
 * key; `held` is what `heldBy` says.
 */
export function keepReport(entry) {
  return put(STORE, entry.body.submission_id, { ...entry, state: "wait", at: Date.now() });
}

/** Those that wait, and those that were answered ("sent", "already", "refused") until somebody discards them. */
export const keptReports = () => all(STORE);

export const keptReport = (key) => get(STORE, key);

/**
 * A report on its way is not discarded before its answer is there. By then the portal may have it,
 * and only the row goes.
 */
export function discardReport(key) {
  return navigator.locks.request(LOCK, () => remove(STORE, key));
}

/** Whether some report waits to be sent. */
export const hasWaiting = async () => (await keptReports()).some(({ state }) => state === "wait");

/** Send all that wait, one after the other; two tabs never at once. `onChange()` after each. */
export function sendAll(onChange = () => {}) {
  return navigator.locks.request(LOCK, async () => {
    for (const { body, state } of await keptReports()) {
      if (state !== "wait") continue;
      const isAnswered = await sendKept(body.submission_id).catch(() => false);
      onChange();
      // One that the portal puts off does not hold up the others; without a network all of them wait.
      if (!isAnswered && !navigator.onLine) return;
    }
  });
}

// False where the report has to wait; rejects without a network.
async function sendKept(key) {
  const entry = await keptReport(key);
  if (!entry) return true;
  const fields = await uploadPhotos(entry).catch(async (fault) => {
    if (!(fault instanceof PutOff)) throw fault;
    await put(STORE, key, { ...entry, held: fault.message });
    return null;
  });
  if (!fields) return false;
  const answer = await sendReport({ ...entry.body, ...fields });
  const { code, reference, detail } = await answer.json().catch(() => ({}));
  if (code === "unknown_photo" && entry.photos.some(({ id }) => id)) {
    // Uploaded so long ago that they were erased; the files are still here.
    for (const photo of entry.photos) Object.assign(photo, { id: undefined, at: undefined });
    await put(STORE, key, entry);
    return sendKept(key);
  }
  const state = outcome(answer.status, code);
  if (state === "wait") {
    await put(STORE, key, { ...entry, held: heldBy({ code, detail }) });
    return false;
  }
  await put(STORE, key, { ...entry, state, reference, detail });
  return true;
}

/** The answer of the portal, its challenge solved; rejects without a network. */
export async function sendReport(body) {
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

/** The fields of a report that name its photos and say what they show. */
export function photoFields(photos) {
  const described = photos.filter(({ description }) => description?.trim());
  return {
    photos: photos.map(({ id }) => id),
    photo_descriptions: Object.fromEntries(
      described.map((photo) => [photo.id, photo.description.trim()]),
    ),
  };
}

async function uploadPhotos(entry) {
  for (const photo of entry.photos) photo.id ??= await uploadPhoto(photo, entry);
  // If the answer gets lost, the report that is sent again has to name the same photos.
  if (entry.photos.length) await put(STORE, entry.body.submission_id, entry);
  return photoFields(entry.photos.filter(({ id }) => id));
}

// Null for a photo that the portal refuses, and for one that came with the page and was erased since:
// the report goes without it.
async function uploadPhoto(photo, entry) {
  if (!photo.file) return null;
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
