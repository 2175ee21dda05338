import "../components/typed.js";
import { createCityMap } from "../map/city.js";
import { showSelection } from "../map/reports.js";

const { map } = await createCityMap(document.querySelector("[data-city-map]"));
showSelection(map, JSON.parse(document.getElementById("queue-features").textContent));
