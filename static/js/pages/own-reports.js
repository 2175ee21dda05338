import { createCityMap, readConfig, sayOnMap } from "../map/city.js";
import { showSelection } from "../map/reports.js";

const element = document.querySelector("[data-city-map]");
const [{ map }, answer] = await Promise.all([
  createCityMap(element),
  fetch(element.dataset.pointsUrl, { headers: { Accept: "application/json" } }),
]);
if (answer.ok) showSelection(map, (await answer.json()).features);
else sayOnMap(map, readConfig().texts.reportsFailed);
