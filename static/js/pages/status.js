import { createCityMap } from "../map/city.js";
import { showPlace } from "../map/reports.js";

const STREET_ZOOM = 14;

const element = document.querySelector("[data-city-map]");
if (element) {
  const { map, districts } = await createCityMap(element);
  const latlng = { lat: Number(element.dataset.lat), lng: Number(element.dataset.lng) };
  districts.select(districts.find(latlng)?.code ?? null);
  map.setView(latlng, STREET_ZOOM, { animate: false });
  showPlace(map, latlng, element.dataset.status);
}
