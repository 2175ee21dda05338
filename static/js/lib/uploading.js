/**
 * Photos go up in parts by the tus protocol (https://tus.io), so that a break costs one part. Also
 * used by the service worker, so nothing here touches a page.
 */
const PART = 512 * 1024; // bytes; the server takes twice as much
const PATIENCE = 4000; // ms for one part before the connection counts as slow
const HEADERS = { Accept: "application/json", "Tus-Resumable": "1.0.0" };

/** The portal does not want this photo; `message` says why. */
export class Refused extends Error {}

/** The first part took so long that a smaller picture would be there sooner. */
export class TooSlow extends Error {}

/**
 * Send `file`, going on where `at` (an address) left off, and return the photo's id. `onAt(address)`
 * once the server knows of it, `onProgress(0–1)` after each part. Rejects with Refused, with TooSlow
 * if `impatient`, and with anything else where there is no network: then try again later.
 */
export async function upload(file, { url, at, signal, impatient, onAt, onProgress }) {
  let offset = at ? await received(at, signal) : null;
  let address = at;
  if (offset === null) {
    address = await begin(url, file.size, signal);
    offset = 0;
    await onAt?.(address);
  }
  while (offset < file.size) {
    const started = Date.now();
    offset = await part(address, file, offset, signal);
    onProgress?.(offset / file.size);
    const left = file.size - offset;
    if (impatient && Date.now() - started > PATIENCE && left > PART) throw new TooSlow();
  }
  return address.replace(/\/$/, "").split("/").pop();
}

async function begin(url, size, signal) {
  const headers = { ...HEADERS, "Upload-Length": String(size) };
  const answer = await fetch(url, { method: "POST", headers, signal });
  await check(answer);
  return answer.headers.get("Location");
}

// Bytes that are there, or null where the server has forgotten them.
async function received(address, signal) {
  const answer = await fetch(address, { method: "HEAD", headers: HEADERS, signal });
  if (answer.status === 404) return null;
  await check(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

async function part(address, file, offset, signal) {
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
  // Another tab, or an answer that got lost: go on from what is there.
  if (answer.status === 409) return received(address, signal);
  await check(answer);
  return Number(answer.headers.get("Upload-Offset"));
}

async function check(answer) {
  if (answer.ok) return;
  const { status } = answer;
  if (status === 404 || status === 429 || status >= 500) throw new Error(`upload: ${status}`);
  const told = await answer.json().catch(() => ({}));
  throw new Refused(told.detail ?? "");
}
