/**
 * The service worker: the form opens without a network, and what waits is sent when it is back. Its
 * cache is named by the release and holds public files only, never a page made for a person.
 */
import { hasWaiting, sendAll } from "../lib/outgoing.js";

const PREFIX = "portal-";
// The cache is of one language: pages differ by nothing else.
const ANY_VARIANT = { ignoreVary: true };

/**
 * `release` names the cache; pages are kept in `language`; `files` are kept from the start, those of
 * `renewed` as they were answered last; `statics` is where their names tell their content; `form`, `shell` and `offline` are paths of pages.
 */
export function start({ release, language, files, renewed, statics, form, shell, offline }) {
  const cache = PREFIX + release;
  const kept = new Set(files);
  const fill = () => keep(cache, files, language);
  self.addEventListener("install", (event) =>
    event.waitUntil(fill().then(() => self.skipWaiting())),
  );
  self.addEventListener("activate", (event) => event.waitUntil(activate(cache, fill)));
  self.addEventListener("fetch", (event) => {
    const answer = answerTo(event.request, { cache, kept, renewed, statics, form, shell, offline });
    if (answer) event.respondWith(answer);
  });
  self.addEventListener("sync", (event) => {
    if (event.tag === "outgoing") event.waitUntil(sendInBackground());
  });
}

// The browser wakes the worker again only after an attempt that failed: also a portal that takes
// nothing for now is one.
async function sendInBackground() {
  await sendAll();
  if (await hasWaiting()) throw new Error("reports still wait");
}

async function keep(name, files, language) {
  const cache = await caches.open(name);
  await cache.addAll(
    files.map(
      (url) => new Request(url, { credentials: "omit", headers: { "Accept-Language": language } }),
    ),
  );
}

async function activate(name, fill) {
  // A worker before this one that became active late has cleared what this one installed.
  if (!(await caches.has(name))) await fill();
  for (const other of await caches.keys()) {
    // What a newer worker has begun to keep is not for this one to clear.
    if (isSuperseded()) break;
    if (other.startsWith(PREFIX) && other !== name) await caches.delete(other);
  }
  await self.clients.claim();
}

function isSuperseded() {
  const { installing, waiting, active } = self.registration;
  return Boolean(installing || waiting) || active?.scriptURL !== self.location.href;
}

function answerTo(request, { cache, kept, renewed, statics, form, shell, offline }) {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return null;
  if (request.mode === "navigate") {
    return fetch(request).catch(() => page(cache, url.pathname === form ? shell : offline));
  }
  if (!kept.has(url.pathname) || url.search) return null;
  // The names of static files tell their content; the rest may be newer on the network.
  if (url.pathname.startsWith(statics)) return keptFirst(cache, request);
  if (renewed.includes(url.pathname)) return newest(cache, request, url.pathname);
  return fetch(request).catch(() => page(cache, url.pathname));
}

// What was answered last is what a device without a network shows.
async function newest(name, request, path) {
  try {
    const answer = await fetch(request);
    if (answer.ok) await (await caches.open(name)).put(path, answer.clone());
    return answer;
  } catch {
    return page(name, path);
  }
}

async function page(name, path) {
  return (await (await caches.open(name)).match(path, ANY_VARIANT)) ?? Response.error();
}

async function keptFirst(name, request) {
  return (await (await caches.open(name)).match(request, ANY_VARIANT)) ?? fetch(request);
}
