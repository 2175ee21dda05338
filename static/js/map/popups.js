/** The box that opens at a mark: matter, status, date and the way to the report's page. */
import { categoryName } from "../lib/categories.js";
import { addPlaces } from "./places.js";

const WIDTH = 280;
// Nobody reads more in a box on a map.
const MOST = 50;

/** Binds a popup about `features` to `marker`; opens by pointer and by keyboard, gives focus back. */
export function bindPopup(marker, features) {
  const box = document.createElement("div");
  box.className = "report-popup";
  marker.bindPopup(box, { closeButton: false, minWidth: 220, maxWidth: WIDTH, maxHeight: 260 });
  marker.on("add", () => nameMarker(marker, features));
  marker.on("popupopen", async () => {
    const shown = features.slice(0, MOST);
    await addPlaces(shown, template().dataset.reportsUrl);
    const entries = await Promise.all(shown.map(entry));
    box.replaceChildren(closeButton(marker), ...entries, ...more(features));
    marker.getPopup().update();
    box.querySelector("a").focus({ preventScroll: true });
  });
  box.addEventListener("keydown", (event) => event.key === "Escape" && close(marker));
  return marker;
}

async function nameMarker(marker, [feature]) {
  const { category, status } = feature.properties;
  const name = await categoryName(category);
  marker.getElement()?.setAttribute("aria-label", `${name}: ${badge(status).textContent.trim()}`);
}

async function entry(feature) {
  const { reference, category, status, place, created_at: created } = feature.properties;
  const part = template().content.querySelector("article").cloneNode(true);
  const link = part.querySelector("a");
  link.textContent = await categoryName(category);
  link.href = template().dataset.statusUrl.replace("REFERENCE", reference);
  part.querySelector("[data-slot=reference]").textContent = reference;
  part.querySelector("[data-slot=status]").append(badge(status));
  part.querySelector("[data-slot=place]").textContent = place ?? "";
  part.querySelector("time").dateTime = created;
  part.querySelector("time").textContent = new Date(created).toLocaleDateString(
    document.documentElement.lang,
    { day: "numeric", month: "long", year: "numeric" },
  );
  return part;
}

function more({ length }) {
  if (length <= MOST) return [];
  const words = document.createElement("p");
  const { more: text } = template().dataset;
  words.textContent = text.replace("{shown}", MOST).replace("{count}", length);
  return [words];
}

function closeButton(marker) {
  const button = template().content.querySelector("button").cloneNode(true);
  button.addEventListener("click", () => close(marker));
  return button;
}

function close(marker) {
  marker.closePopup();
  marker.getElement()?.focus({ preventScroll: true });
}

function badge(status) {
  const badges = document.getElementById("report-badges").content;
  return badges.querySelector(`[data-status="${status}"] .badge`).cloneNode(true);
}

function template() {
  return document.getElementById("report-popup");
}
