/**
 * Photos go up in parts by the tus protocol (https://tus.io), so that a break costs one part. Also
 * used by the service worker, so nothing here touches a page.
 */
const PART = 512 * 1024; // bytes; the server takes twice as much
const PATIENCE = 4000; // ms for one part before the connection counts as slow
const HEADERS = { Accept: "application/json", "Tus-Resumable": "1.0.0" };

/** Whether the portal says by `code` that it takes nothing for now: a switch, or a technical break. */
export const isPutOff = (code) => code === "switched_off" || code === "read_only";

/** The portal does not take this photo; `message` says why. */
export class Refused extends Error {}

/** The portal takes no photos for now; `message` says why. */
export class PutOff extends Error {}

/** The first part took so long that a smaller picture would be there sooner. */
export class TooSlow extends Error {}

/**
 * Send `file` and return the photo's id. `at` is the address of an upload that was begun before and
 * goes on; `onAt(address)` is called when a new one is begun, `onProgress(0–1)` after each part.
 * Rejects with Refused, with TooSlow if `impatient`, with PutOff, and with another error where the
 * network or the portal fails: then try again later.
 */
export async function upload(file, { url, at, signal, impatient, onAt, onProgress }) {
  let offset = at ? await askOffset(at, signal) : null;
  let address = at;
  if (offset === null) {
    address = await beginUpload(url, file.size, signal);
    offset = 0;
    await onAt?.(address);
  }
  while (offset < file.size) {
    const started = Date.now();
    offset = await sendPart(address, file, offset, signal);
    onProgress?.(offset / file.size);
    const left = file.size - offset;
    if (impatient && Date.now() - started > PATIENCE && left > PART) throw new TooSlow();
  }
  return address.replace(/\/$/, "").split("/").pop();
}

async function beginUpload(url, size, signal) {
  const headers = { ...HEADERS, "Upload-Length": String(size) };
  const answer = await fetch(url, { method: "POST", headers, signal });
  await requireSuccess(answer);
  return answer.headers.get("Location");
}

// How many bytes the server has; null where it has forgotten the upload.
async function askOffset(address, signal) {
  const answer = await fetch(address, { method: "HEAD", headers: HEADERS, signal });
  if (answer.status === 404) return null;
  await requireSuccess(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

async function sendPart(address, file, offset, signal) {
  const answer = await fetch(address, {
    method: "PATCH",
    headers: {
      ...HEADERS,
      "Content-Type": "application/offset+octet-stream",
      "Upload-Offset": String(offset),
    },
    body: file.slice(offset, offset + PART),
    signal,
  });
  // Another tab sent this part, or the answer to it got lost: go on from what the server has.
  if (answer.status === 409) return askOffset(address, signal);
  await requireSuccess(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

async function requireSuccess(answer) {
  if (answer.ok) return;
  const { status } = answer;
  const { code, detail } = await answer.json().catch(() => ({}));
  if (isPutOff(code)) throw new PutOff(detail);
  if (status === 404 || status === 429 || status >= 500) throw new Error(`upload: ${status}`);
  throw new Refused(detail ?? "");
}
