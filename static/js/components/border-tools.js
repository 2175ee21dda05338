/** Splitting by a line, merging and renaming of the chosen district. */
import { mergeDistricts } from "../boundaries/merging.js";
import { acrossAt } from "../boundaries/plane.js";
import { splitDistrict } from "../boundaries/splitting.js";
import {
  arcsOf,
  districtOf,
  geometriesOf,
  neighboursOf,
  ringsOf,
  withProperties,
} from "../boundaries/topology.js";
import { nearestVertex, positionOf } from "../boundaries/vertices.js";
import { plain } from "../lib/plain.js";
import { say } from "../lib/words.js";
import { toleranceOf } from "../map/border-hand.js";
import { optionsOf, readPlace } from "./border-lists.js";

const CODE = /^[a-z0-9_-]{1,60}$/;

/** Puts the tools of `room` to work on what the desk has chosen. */
export function createTools(room, desk) {
  const tools = { desk, find: (name) => room.querySelector(`[data-${name}]`), line: [] };
  listenToSplit(tools);
  tools.find("merge-form").addEventListener("submit", (event) => {
    event.preventDefault();
    merge(tools);
  });
  tools.find("rename-form").addEventListener("submit", (event) => {
    event.preventDefault();
    rename(tools);
  });
  desk.onChoose = () => showChosen(tools);
  showChosen(tools);
}

const namesOf = ({ desk }, code) => districtOf(desk.session.topology, code).properties;

function showChosen(tools) {
  const { desk, find } = tools;
  if (tools.code !== desk.code) {
    tools.code = desk.code;
    setLine(tools, []);
    for (const name of ["split", "merge", "rename"]) find(name).open = false;
  }
  if (!desk.code) return;
  const { topology } = desk.session;
  const neighbours = neighboursOf(topology, desk.code).map((code) => [
    code,
    namesOf(tools, code).name,
  ]);
  find("neighbour").replaceChildren(...optionsOf(neighbours));
  const { name, borough } = namesOf(tools, desk.code);
  find("name").value = name;
  if (find("borough")) find("borough").value = borough;
}

function listenToSplit(tools) {
  const { desk, find } = tools;
  find("split").addEventListener("toggle", () => {
    const isOpen = find("split").open;
    desk.map.getContainer().classList.toggle("is-drawing", isOpen);
    desk.onPress = isOpen ? ({ lat, lng }) => addPoint(tools, [lng, lat]) : null;
    setLine(tools, isOpen ? tools.line : []);
  });
  find("split-add").addEventListener("click", () => {
    const { vertex, session } = desk;
    if (vertex) setLine(tools, [...tools.line, positionOf(session.topology, vertex)]);
    else desk.tell(say("unchosen"));
  });
  find("split-back").addEventListener("click", () => setLine(tools, tools.line.slice(0, -1)));
  find("split-larger").addEventListener("change", () => setLine(tools, tools.line));
  find("split-place-add").addEventListener("click", () => addTyped(tools));
  find("split-place").addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    addTyped(tools);
  });
  find("new-name").addEventListener("input", ({ target }) => {
    // Until somebody writes another one, the code follows from the name.
    if (!tools.hasOwnCode) find("new-code").value = codeFrom(target.value);
  });
  find("new-code").addEventListener("input", ({ target }) => {
    tools.hasOwnCode = target.value !== "";
  });
  find("split-form").addEventListener("submit", (event) => {
    event.preventDefault();
    split(tools);
  });
}

const codeFrom = (name) =>
  plain(name)
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "")
    .slice(0, 60);

// Near a vertex of the district, the line begins or ends in it.
function addPoint(tools, position) {
  const { topology } = tools.desk.session;
  const arcs = arcsOf(topology, tools.desk.code);
  const near = nearestVertex(topology, position, acrossAt(position[1]), arcs);
  const isNear = near && near.distance <= toleranceOf(tools.desk.map, position[1]);
  setLine(tools, [...tools.line, isNear ? positionOf(topology, near) : position]);
}

function addTyped(tools) {
  const field = tools.find("split-place");
  const place = readPlace(field.value);
  refuse(tools, "split-error", place ? "" : say("placeWrong"));
  if (!place) return;
  field.value = "";
  setLine(tools, [...tools.line, place]);
}

function setLine(tools, line) {
  const { desk, find } = tools;
  tools.line = line;
  find("split-points").textContent = say("points", { count: line.length });
  refuse(tools, "split-error", "");
  const tried =
    desk.code && line.length > 1 ? trySplit(tools, { code: "", name: "", borough: "" }) : null;
  desk.line = line.length ? line : null;
  desk.piece = tried?.topology ? ringsOf(tried.topology, "") : null;
  desk.draw();
}

function trySplit({ desk, find, line }, added) {
  const { topology } = desk.session;
  const first = splitDistrict(topology, desk.code, line, added);
  if (first.refused || !find("split-larger").checked) return first;
  const larger = first.side === "left" ? "right" : "left";
  return splitDistrict(topology, desk.code, line, added, larger);
}

function split(tools) {
  const { desk, find, line } = tools;
  const { topology } = desk.session;
  const { name: oldName, borough } = namesOf(tools, desk.code);
  const [name, code] = ["new-name", "new-code"].map((field) => find(field).value.trim());
  const isTaken = geometriesOf(topology).some(({ id }) => id === code);
  const wrong =
    (!name && "nameMissing") || (!CODE.test(code) && "codeWrong") || (isTaken && "codeTaken");
  const result =
    wrong || line.length < 2
      ? { refused: wrong || "missed" }
      : trySplit(tools, { code, name, borough });
  if (result.refused) {
    refuse(tools, "split-error", say(result.refused));
    return;
  }
  const names = { [code]: { name, borough } };
  tools.line = [];
  Object.assign(desk, { line: null, piece: null });
  if (!desk.act("split", result, { names, words: { name: oldName, other: name } })) return;
  Object.assign(tools, { hasOwnCode: false });
  find("split-form").reset();
  find("split").open = false;
}

function merge(tools) {
  const { desk, find } = tools;
  const gone = find("neighbour").value;
  if (!gone) return;
  const words = { name: namesOf(tools, desk.code).name, other: namesOf(tools, gone).name };
  desk.act("merged", mergeDistricts(desk.session.topology, desk.code, gone), { words });
}

function rename(tools) {
  const { desk, find } = tools;
  const name = find("name").value.trim();
  refuse(tools, "name-error", name ? "" : say("nameMissing"));
  if (!name) return;
  const borough = find("borough")?.value ?? namesOf(tools, desk.code).borough;
  const before = namesOf(tools, desk.code);
  if (before.name === name && before.borough === borough) return;
  const names = { [desk.code]: { name, borough } };
  const topology = withProperties(desk.session.topology, desk.code, { name, borough });
  desk.act("renamed", { topology, codes: [desk.code] }, { names, words: { name } });
}

function refuse({ find }, name, text) {
  find(name).textContent = text;
  find(name).hidden = !text;
}
