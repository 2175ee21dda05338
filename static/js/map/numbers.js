/**
 * Numbers of houses and names of streets, of the addresses whose place the portal knows: drawn from
 * near where there is no base map, so that one sees between which houses one is.
 */
/* global L */
import { hits } from "./labels.js";
import { squaresIn } from "./squares.js";

const FROM_ZOOM = 16;
// What was fetched is kept for as long as this many other squares are.
const MOST_SQUARES = 60;

/**
 * `url` has COLUMN and ROW in place of the numbers of a square (Web Mercator, zoom 16); `attribution`
 * says whose the places are.
 */
export function drawNumbers(map, { url, attribution }) {
  const pane = map.createPane("numbers");
  pane.setAttribute("aria-hidden", "true");
  const state = { map, url, squares: new Map(), layer: L.layerGroup([], { attribution }) };
  map.on("moveend", () => renew(state));
  renew(state);
}

async function renew(state) {
  const { map, layer, squares } = state;
  if (map.getZoom() < FROM_ZOOM) {
    layer.remove();
    return;
  }
  layer.addTo(map);
  arrange(state);
  const wanted = squaresIn(map.getBounds());
  for (const key of wanted.filter((one) => !squares.has(one))) squares.set(key, draw(state, key));
  const others = [...squares.keys()].filter((key) => !wanted.includes(key));
  for (const key of others.slice(0, Math.max(0, squares.size - MOST_SQUARES))) {
    const group = await squares.get(key);
    squares.delete(key);
    group?.remove();
  }
}

// A square that could not be had is asked for again when the map moves.
async function draw(state, key) {
  const { url, layer, squares } = state;
  const [column, row] = key.split("/");
  try {
    const answer = await fetch(url.replace("COLUMN", column).replace("ROW", row));
    if (!answer.ok) throw new Error(`addresses: ${answer.status}`);
    const { streets } = await answer.json();
    const group = L.layerGroup(Object.entries(streets).flatMap(marksOf)).addTo(layer);
    arrange(state);
    return group;
  } catch (reason) {
    console.warn(reason);
    squares.delete(key);
    return null;
  }
}

// The name stands once in each square, at the house in the middle of the list.
function marksOf([street, houses]) {
  const marks = houses.map(([number, lng, lat]) => mark("house-number", number, [lat, lng]));
  const [, lng, lat] = houses[Math.floor(houses.length / 2)];
  return [...marks, mark("street-name", street, [lat, lng])];
}

// Names first; what would lie over another word is hidden until there is room.
function arrange({ map }) {
  const pane = map.getPane("numbers");
  const marks = [
    ...pane.querySelectorAll(".street-name"),
    ...pane.querySelectorAll(".house-number"),
  ];
  const boxes = marks.map((element) => element.firstChild.getBoundingClientRect());
  const taken = [];
  marks.forEach((element, at) => {
    const isFree = !hits(boxes[at], taken);
    element.firstChild.classList.toggle("is-crowded", !isFree);
    if (isFree) taken.push(boxes[at]);
  });
}

function mark(className, words, latlng) {
  const text = document.createElement("span");
  text.textContent = words;
  const icon = L.divIcon({ className, html: text, iconSize: [0, 0] });
  return L.marker(latlng, { icon, pane: "numbers", interactive: false, keyboard: false });
}
