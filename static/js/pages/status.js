import "../components/copying.js";
import { hasStreets } from "../map/base.js";
import { createCityMap, readConfig } from "../map/city.js";
import { showExtent } from "../map/extent.js";
import { showPlace } from "../map/reports.js";

// Without a base map there are no streets to see, only the district and its neighbours.
const STREET_ZOOM = 16;
const DISTRICT_ZOOM = 12.5;

const element = document.querySelector("[data-city-map]");
if (element) {
  const { map, districts } = await createCityMap(element);
  const latlng = { lat: Number(element.dataset.lat), lng: Number(element.dataset.lng) };
  districts.select(districts.find(latlng)?.code ?? null);
  map.setView(latlng, hasStreets(readConfig()) ? STREET_ZOOM : DISTRICT_ZOOM, { animate: false });
  showPlace(map, latlng, element.dataset.status);
  if (element.dataset.extent) showExtent(map, JSON.parse(element.dataset.extent));
}
