/**
 * Places beside a map: findings of a check, or what an edition moves, with the reports that it touches.
 * The page renews itself while a check runs.
 */
import { renewWhenDone } from "../components/awaited.js";
import { createCityMap } from "../map/city.js";
import { drawFindings } from "../map/findings.js";
import { showSelection } from "../map/reports.js";

const box = document.querySelector("[data-city-map]");
const places = document.getElementById("places");
if (box) {
  const { map } = await createCityMap(box);
  if (box.dataset.pointsUrl) await showPoints(map, box.dataset.pointsUrl);
  if (places) connect(map, JSON.parse(places.textContent));
}
renewWhenDone();

async function showPoints(map, url) {
  const answer = await fetch(url).catch(() => null);
  if (answer?.ok) showSelection(map, (await answer.json()).features);
}

function connect(map, collection) {
  const findings = drawFindings(map, collection, (id) => {
    const row = document.querySelector(`[data-finding="${id}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.querySelector("[data-show]")?.focus({ preventScroll: true });
  });
  const buttons = document.querySelectorAll("[data-show]");
  if (!buttons.length) findings.showAll();
  for (const button of buttons) {
    button.hidden = false;
    button.addEventListener("click", () => {
      findings.show(Number(button.dataset.show));
      box.scrollIntoView({ block: "nearest" });
    });
  }
}
