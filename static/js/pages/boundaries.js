import { createCityMap } from "../map/city.js";

for (const element of document.querySelectorAll("[data-city-map]")) createCityMap(element);
