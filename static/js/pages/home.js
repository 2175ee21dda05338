import { createCityMap } from "../map/city.js";
import { showReports } from "../map/reports.js";

const { map } = await createCityMap(document.querySelector("[data-city-map]"));
await showReports(map);
