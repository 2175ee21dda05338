/** The lists beside the map: districts, the vertices of the chosen one, and the place of the chosen vertex. */
import { geometriesOf } from "../boundaries/topology.js";
import { codesAt, positionOf, verticesOf } from "../boundaries/vertices.js";
import { readCoordinates } from "../lib/coordinates.js";
import { say } from "../lib/words.js";

const collator = new Intl.Collator("pl");

export const placeInWords = ([lng, lat]) => `${lat.toFixed(6)}, ${lng.toFixed(6)}`;

/** A place that was typed as [lng, lat], or null. */
export function readPlace(text) {
  const place = readCoordinates(text);
  return place && [place.lng, place.lat];
}

/** Calls `onDistrict(code | null)`, `onVertex(vertex)` and `onPlace(position)` for what is chosen or typed. */
export function createBorderLists(room, { onDistrict, onVertex, onPlace }) {
  const find = (name) => room.querySelector(`[data-${name}]`);
  const lists = { find, topology: null, code: null, vertices: [], names: new Map() };
  find("district").addEventListener("change", ({ target }) => onDistrict(target.value || null));
  find("vertices").addEventListener("change", ({ target }) =>
    onVertex(lists.vertices[target.selectedIndex] ?? null),
  );
  find("place").addEventListener("submit", (event) => {
    event.preventDefault();
    const place = readPlace(find("place-field").value);
    const error = find("place-error");
    error.hidden = Boolean(place);
    error.textContent = place ? "" : say("placeWrong");
    find("place-field").setAttribute("aria-invalid", String(!place));
    if (place) onPlace(place);
  });
  return {
    show: (topology, code, vertex) => show(lists, topology, code, vertex),
    choose: (topology, vertex) => choose(lists, topology, vertex),
    place: (position) => {
      find("place-field").value = position ? placeInWords(position) : "";
    },
    inWords: (topology, vertex) => inWords(lists, topology, vertex),
    count: () => lists.vertices.length,
    bounds: () => boundsOf(lists.vertices.map((one) => positionOf(lists.topology, one))),
    step: (vertex, by) => stepped(lists, vertex, by),
    edgeAfter: (vertex) => edgeAfter(lists, vertex),
  };
}

function show(lists, topology, code, vertex) {
  const { find } = lists;
  if (lists.topology?.objects !== topology.objects) {
    const districts = geometriesOf(topology).map(({ id, properties }) => [id, properties.name]);
    lists.names = new Map(districts.sort(([, one], [, other]) => collator.compare(one, other)));
    const [first] = find("district").options;
    find("district").replaceChildren(first, ...optionsOf(lists.names));
  }
  find("district").value = code ?? "";
  find("chosen").hidden = !code;
  Object.assign(lists, { topology, code, vertices: code ? verticesOf(topology, code) : [] });
  find("count").textContent = code ? `(${lists.vertices.length})` : "";
  const options = lists.vertices.map((one, at) => {
    const option = document.createElement("option");
    const others = othersAt(lists, one);
    option.textContent = `${at + 1}. ${placeInWords(positionOf(topology, one))}${others && ` · ${others}`}`;
    return option;
  });
  find("vertices").replaceChildren(...options);
  choose(lists, topology, vertex);
}

export function optionsOf(names) {
  return [...names].map(([value, text]) => {
    const option = document.createElement("option");
    option.value = value;
    option.textContent = text;
    return option;
  });
}

function choose(lists, topology, vertex) {
  const { find } = lists;
  find("vertices").selectedIndex = vertex ? placeOf(lists, vertex) : -1;
  find("place-field").value = vertex ? placeInWords(positionOf(topology, vertex)) : "";
  find("place-error").hidden = true;
}

// Where several arcs end, one vertex has several names; the place is the same.
function placeOf({ topology, vertices }, vertex) {
  const key = String(positionOf(topology, vertex));
  return vertices.findIndex((one) => String(positionOf(topology, one)) === key);
}

function othersAt({ topology, code, names }, vertex) {
  const codes = codesAt(topology, vertex).filter((one) => one !== code);
  return codes.map((one) => names.get(one)).join(", ");
}

function inWords(lists, topology, vertex) {
  const others = othersAt(lists, vertex);
  return say("vertex", {
    number: placeOf(lists, vertex) + 1,
    count: lists.vertices.length,
    place: placeInWords(positionOf(topology, vertex)),
    with: others ? say("shared", { names: others }) : say("alone"),
  });
}

/** The vertex so many further along its ring; the first one where none is chosen. */
function stepped(lists, vertex, by) {
  const { vertices } = lists;
  if (!vertex) return vertices[0] ?? null;
  const at = placeOf(lists, vertex);
  const ring = vertices.filter((one) => one.ring === vertices[at].ring);
  const first = vertices.indexOf(ring[0]);
  return vertices[first + ((at - first + by + ring.length) % ring.length)];
}

/** The edge from a vertex to the next one of its ring, as {arc, index} of its beginning on the arc. */
function edgeAfter(lists, vertex) {
  const { topology, vertices } = lists;
  // The list names each vertex by the arc on which its ring goes on, forwards or back.
  const { arc, index } = vertices[placeOf(lists, vertex)];
  const next = String(positionOf(topology, stepped(lists, vertex, 1)));
  const goesForth = String(topology.arcs[arc][index + 1]) === next;
  return { arc, index: goesForth ? index : index - 1 };
}

/** The corners around positions: [[south, west], [north, east]]. */
export function boundsOf(places) {
  const bounds = [
    [90, 180],
    [-90, -180],
  ];
  for (const [lng, lat] of places) {
    bounds[0] = [Math.min(bounds[0][0], lat), Math.min(bounds[0][1], lng)];
    bounds[1] = [Math.max(bounds[1][0], lat), Math.max(bounds[1][1], lng)];
  }
  return bounds;
}
