/**
 * One uploaded file of boundaries: draws the layer, and while the worker has the file, asks for the
 * page again until there is something to choose or to read.
 */
import { createCityMap } from "../map/city.js";

const PAUSE = 2000; // milliseconds

for (const element of document.querySelectorAll("[data-city-map]")) createCityMap(element);

const waiting = document.querySelector("[data-upload-waiting]");
if (waiting) setTimeout(follow, PAUSE);

async function follow() {
  try {
    const answer = await fetch(window.location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.querySelector("[data-upload-waiting]");
    if (answer.ok && !next) {
      window.location.reload();
      return;
    }
    if (next) {
      const [now, then] = [waiting, next].map((box) => box.querySelector("progress"));
      now.value = then.value;
      const [said, says] = [waiting, next].map((box) => box.querySelector("[role=status]"));
      // A screen reader reads it only when it changes.
      if (said.textContent !== says.textContent) said.textContent = says.textContent;
    }
  } catch {
    // Without a network: the next try, or the button, finds out.
  }
  setTimeout(follow, PAUSE);
}
