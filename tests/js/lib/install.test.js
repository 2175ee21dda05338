import assert from "node:assert/strict";
import { mock, test } from "node:test";

test("the worker comes once the page is loaded and drawn, in the page's language", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const asked = [];
  const listeners = {};
  Object.defineProperty(globalThis, "navigator", {
    value: { serviceWorker: { register: async (url) => asked.push(url) } },
  });
  globalThis.window = { addEventListener: (name, listener) => (listeners[name] = listener) };
  globalThis.document = { readyState: "interactive", documentElement: { lang: "uk" } };
  await import("../../../static/js/lib/install.js");
  mock.timers.tick(60_000);
  assert.deepEqual(asked, []);
  listeners.load();
  mock.timers.tick(1_000);
  assert.deepEqual(asked, []);
  mock.timers.tick(60_000);
  assert.deepEqual(asked, ["/sw.js?lang=uk"]);
});
