import { createCityMap } from "../map/city.js";
import { showReports } from "../map/reports.js";
import { loadLibrary, whenNear } from "../map/waiting.js";

const box = document.querySelector("[data-city-map]");
await whenNear(box);
await loadLibrary(document.querySelector("[data-map-library]").dataset.mapLibrary);
const { map } = await createCityMap(box);
await showReports(map);
