/** Caches of a browser, in memory: what the Cache API gives to a service worker. */

export function createCaches() {
  const caches = new Map();
  return {
    async open(name) {
      if (!caches.has(name)) caches.set(name, createCache());
      return caches.get(name);
    },
    has: async (name) => caches.has(name),
    keys: async () => [...caches.keys()],
    delete: async (name) => caches.delete(name),
  };
}

function createCache() {
  const kept = new Map();
  return {
    // All or none, as in a browser.
    async addAll(requests) {
      const answers = await Promise.all(requests.map((request) => fetch(request)));
      for (const [index, request] of requests.entries()) {
        kept.set(new URL(request.url).pathname, { request, answer: answers[index] });
      }
    },
    async put(path, answer) {
      kept.set(path, { request: new Request(path), answer });
    },
    async match(asked) {
      const path = typeof asked === "string" ? asked : new URL(asked.url).pathname;
      return kept.get(path)?.answer.clone();
    },
    keys: async () => [...kept.values()].map(({ request }) => request),
  };
}
