import { createCityMap } from "../map/city.js";
import { showReports } from "../map/reports.js";

const element = document.querySelector("[data-city-map]");
const { map } = await createCityMap(element);
await showReports(map, element.dataset.query ?? "");
