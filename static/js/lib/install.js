/** The service worker, where the browser has one; the portal works without. */
import "./logging-out.js";

// The worker fetches all that it keeps as soon as it is there: a slow phone draws the page first.
const AFTER_LOAD_MS = 2000;

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") register();
  else window.addEventListener("load", () => setTimeout(register, AFTER_LOAD_MS));
}

function register() {
  // The worker keeps pages of one language; another choice is another worker.
  const url = `/sw.js?lang=${document.documentElement.lang}`;
  navigator.serviceWorker.register(url).catch(() => {});
}
