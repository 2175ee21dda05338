/** Whoever logs out leaves nothing behind that they typed: not in this tab, nor in another one. */
import { forgetTyped, hasTyped, tabStorage } from "./typed.js";

const CHANNEL = "logged-out";
const storage = tabStorage();

if (storage) {
  document.addEventListener("submit", ({ target }) => {
    if (!target.action.endsWith("/wylogowanie/")) return;
    forgetTyped(storage);
    new BroadcastChannel(CHANNEL).postMessage(true);
  });
  // Only where it matters: an open channel costs the browser's quick way back.
  if (hasTyped(storage) || document.querySelector("[data-typed]")) {
    new BroadcastChannel(CHANNEL).onmessage = () => forgetTyped(storage);
  }
}
