/** The service worker, where the browser has one; the portal works without. */
import "./logging-out.js";

if ("serviceWorker" in navigator) {
  // The worker keeps pages of one language; another choice is another worker.
  const url = `/sw.js?lang=${document.documentElement.lang}`;
  navigator.serviceWorker.register(url).catch(() => {});
}
