/**
 * Editing borders: which district and vertex are chosen, and what is done to them by hand, buttons and keys. Whatever
 * the hand does on the map can be done from the lists and buttons beside it too.
 */
import { isSame, rounded } from "../boundaries/plane.js";
import { canRedo, canUndo, doAct, isOpen, redo, undo } from "../boundaries/session.js";
import { findTarget, snapVertex } from "../boundaries/snapping.js";
import { districtOf } from "../boundaries/topology.js";
import {
  insertVertex,
  isOuter,
  movedTo,
  moveVertex,
  placesOf,
  positionOf,
  removeVertex,
  vertexAt,
} from "../boundaries/vertices.js";
import { say } from "../lib/words.js";
import { codeAt, createHand, latLngOf, toleranceOf } from "../map/border-hand.js";
import { stepFrom } from "../map/steps.js";
import { boundsOf, createBorderLists, placeInWords } from "./border-lists.js";

// Steps of one vertex that follow each other this quickly are one change of the draft.
const PAUSE_MS = 700;
const WAYS = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/**
 * `room` is the element, `borders` the layer of `map`. Returns the desk: {code, vertex, session, act(act, result, options),
 * draw(), tell(text), refresh(), showButtons()}; tools set `onPress(latlng)` to get what is pressed on the map, and `line`
 * and `piece` to have them drawn.
 */
export function createDesk(room, { map, borders, session }) {
  const desk = {
    room,
    map,
    borders,
    session,
    code: null,
    vertex: null,
    // A vertex on its way by keys: {vertex, to}.
    nudged: null,
    timer: 0,
    line: null,
    piece: null,
    onPress: null,
    onChoose: () => {},
    act: (act, result, options) => doOne(desk, act, result, options),
    tell: (text) => tell(desk, text),
    draw: () => draw(desk),
    refresh: () => refresh(desk),
    showButtons: () => showButtons(desk),
  };
  desk.lists = createBorderLists(room, {
    onDistrict: (code) => chooseDistrict(desk, code, true),
    onVertex: (vertex) => chooseVertex(desk, vertex, true),
    onPlace: (position) => withVertex(desk, () => moveChosen(desk, position)),
  });
  const on = (name, act) =>
    room.querySelector(`[data-${name}]`).addEventListener("click", () => withVertex(desk, act));
  on("insert", () => insertNext(desk));
  on("remove", () => removeChosen(desk));
  on("snap", () => snapChosen(desk));
  room.querySelector("[data-undo-button]").addEventListener("click", () => goBack(desk));
  room.querySelector("[data-redo-button]").addEventListener("click", () => goForth(desk));
  listenToPad(desk);
  listenToKeys(desk);
  listenToHand(desk);
  // Whatever is pressed next builds upon the last steps, and a tab that is closed now must not lose them.
  room.addEventListener("submit", () => settle(desk), true);
  room.addEventListener(
    "click",
    ({ target }) => target.closest("[data-pad]") === null && settle(desk),
    true,
  );
  document.addEventListener("visibilitychange", () => document.hidden && settle(desk));
  refresh(desk);
  const everything = session.topology.arcs.flat();
  // A draft may be empty.
  if (everything.length) map.fitBounds(boundsOf(everything), { padding: [10, 10], animate: false });
  const asked = decodeURIComponent(window.location.hash.slice(1));
  if (districtOf(session.topology, asked)) chooseDistrict(desk, asked, true);
  return desk;
}

const tell = ({ room }, text) => {
  room.querySelector("[data-said]").textContent = text;
};

function draw({ borders, session, code, vertex, line, piece }) {
  borders.show({ topology: session.topology, code, vertex, line, part: piece });
}

/** After the topology has changed: what was chosen is found again by its place. */
function refresh(desk, position = desk.vertex && positionIn(desk)) {
  const { session, lists } = desk;
  if (desk.code && !districtOf(session.topology, desk.code)) desk.code = null;
  desk.vertex = desk.code && position ? vertexAt(session.topology, position) : null;
  desk.drawn = session.topology;
  lists.show(session.topology, desk.code, desk.vertex);
  showButtons(desk);
  draw(desk);
  desk.onChoose();
}

function showButtons({ room, session }) {
  room.querySelector("[data-undo-button]").disabled = !isOpen(session) || !canUndo(session);
  room.querySelector("[data-redo-button]").disabled = !isOpen(session) || !canRedo(session);
}

// The vertex was chosen in the topology that was drawn last.
const positionIn = ({ drawn, vertex }) => drawn.arcs[vertex.arc]?.[vertex.index] ?? null;

function chooseDistrict(desk, code, isShown = false) {
  settle(desk);
  desk.code = code;
  refresh(desk, null);
  window.history.replaceState(null, "", `#${code ?? ""}`);
  if (!code) return;
  const { name } = districtOf(desk.session.topology, code).properties;
  tell(desk, say("chosen", { name, count: desk.lists.count() }));
  if (isShown) desk.map.fitBounds(desk.lists.bounds(), { padding: [30, 30], animate: false });
}

function chooseVertex(desk, vertex, isShown = false) {
  settle(desk);
  const { session, map, lists } = desk;
  desk.vertex = vertex;
  lists.choose(session.topology, vertex);
  draw(desk);
  if (!vertex) return;
  tell(desk, lists.inWords(session.topology, vertex));
  if (isShown) showPlace(map, positionOf(session.topology, vertex));
}

function showPlace(map, position) {
  map.panInside(latLngOf(position), { padding: [60, 60], animate: false });
}

function withVertex(desk, act) {
  if (desk.vertex) act();
  else tell(desk, say("unchosen"));
}

/** Do what an act answered, say it, and keep the vertex at `place` chosen. Answers whether it was done. */
function doOne(desk, act, result, { names, place = null, words = {}, isOuterToo = false } = {}) {
  if (result.refused) {
    tell(desk, say(result.refused));
    draw(desk);
    return false;
  }
  if (!isOpen(desk.session)) return false;
  // First said and drawn, for the session tells of its change at once.
  const position = place ?? (desk.vertex && positionIn(desk));
  doAct(desk.session, act, result, { names });
  refresh(desk, position);
  const warning = isOuterToo ? ` ${say("outer")}` : "";
  tell(desk, say(act, { place: position ? placeInWords(position) : "", ...words }) + warning);
  return true;
}

const matters = ({ room, session }, vertex) =>
  room.closest("[data-covers-city]") !== null && isOuter(session.topology, vertex);

function moveChosen(desk, to, vertex = desk.vertex) {
  const { topology } = desk.session;
  if (isSame(rounded(to), rounded(positionOf(topology, vertex)))) {
    draw(desk);
    return;
  }
  const result = moveVertex(topology, vertex, to);
  const place = result.refused ? null : positionOf(result.topology, vertex);
  const isOuterToo = matters(desk, vertex);
  if (doOne(desk, "moved", result, { place, isOuterToo })) showPlace(desk.map, place);
}

function insertNext(desk) {
  settle(desk);
  const { session, lists } = desk;
  const edge = lists.edgeAfter(desk.vertex);
  const result = insertVertex(session.topology, edge);
  const place = result.refused ? null : positionOf(result.topology, result.vertex);
  doOne(desk, "inserted", result, { place });
}

function removeChosen(desk) {
  settle(desk);
  const { session, lists } = desk;
  const place = positionOf(session.topology, lists.step(desk.vertex, 1));
  const isOuterToo = matters(desk, desk.vertex);
  const result = removeVertex(session.topology, desk.vertex);
  doOne(desk, "removed", result, { place, isOuterToo });
}

function snapChosen(desk) {
  settle(desk);
  const { session, vertex, map } = desk;
  const position = positionOf(session.topology, vertex);
  // As far as the hand would be attracted from, or five metres.
  const tolerance = Math.max(toleranceOf(map, position[1]), 5 / 111_320);
  const target = findTarget(session.topology, vertex, position, tolerance);
  if (!target) tell(desk, say("aloneHere"));
  else drop(desk, { vertex, to: target.at, target });
}

function drop(desk, { vertex, edge, to, target }) {
  const { session } = desk;
  if (target) {
    const isOuterToo = matters(desk, vertex);
    const result = snapVertex(session.topology, vertex, target);
    doOne(desk, "snapped", result, { place: target.at, isOuterToo });
  } else if (edge) {
    const isOuterToo = matters(desk, edge);
    doOne(desk, "inserted", insertVertex(session.topology, edge, to), { place: to, isOuterToo });
  } else {
    moveChosen(desk, to, vertex);
  }
}

/** A step by key or button: drawn at once, done when no other follows. */
function nudge(desk, metres) {
  const { session, borders, lists } = desk;
  if (!isOpen(session)) return;
  desk.nudged ??= { vertex: desk.vertex, to: positionOf(session.topology, desk.vertex) };
  const [lng, lat] = desk.nudged.to;
  const next = stepFrom({ lat, lng }, metres);
  desk.nudged.to = [next.lng, next.lat];
  const topology = movedTo(session.topology, desk.nudged.vertex, desk.nudged.to);
  const arcs = placesOf(session.topology, desk.nudged.vertex).map(({ arc }) => arc);
  borders.drag({ topology, vertex: desk.nudged.vertex, arcs });
  lists.place(desk.nudged.to);
  showPlace(desk.map, desk.nudged.to);
  clearTimeout(desk.timer);
  desk.timer = setTimeout(() => settle(desk), PAUSE_MS);
}

/** Whatever comes next, the steps before it are done. */
function settle(desk) {
  clearTimeout(desk.timer);
  const { nudged } = desk;
  desk.nudged = null;
  if (nudged) moveChosen(desk, nudged.to, nudged.vertex);
}

async function goBack(desk) {
  settle(desk);
  const isDone = await undo(desk.session);
  refresh(desk);
  tell(desk, say(isDone ? "undone" : "nothing"));
}

async function goForth(desk) {
  settle(desk);
  const isDone = await redo(desk.session);
  refresh(desk);
  tell(desk, say(isDone ? "redone" : "nothing"));
}

function metresOf({ room }, { shiftKey = false, ctrlKey = false }) {
  const step = Number(room.querySelector("[data-step]").value);
  return shiftKey ? step / 10 : ctrlKey ? step * 10 : step;
}

function nudgeTowards(desk, way, event) {
  const metres = metresOf(desk, event);
  withVertex(desk, () =>
    nudge(
      desk,
      WAYS[way].map((part) => part * metres),
    ),
  );
}

function listenToPad(desk) {
  const pad = desk.room.querySelector("[data-pad]");
  pad.addEventListener("click", (event) => {
    const button = event.target.closest("[data-way]");
    if (button) nudgeTowards(desk, button.dataset.way, event);
  });
  pad.addEventListener("keydown", (event) => {
    if (!(event.key in WAYS)) return;
    event.preventDefault();
    nudgeTowards(desk, event.key, event);
  });
}

function listenToKeys(desk) {
  const box = desk.map.getContainer();
  document.addEventListener("keydown", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    if (event.target.matches("input[type=text], textarea")) return;
    const key = event.key.toLowerCase();
    if (key !== "z" && key !== "y") return;
    event.preventDefault();
    if (key === "y" || event.shiftKey) goForth(desk);
    else goBack(desk);
  });
  const acts = {
    Delete: () => removeChosen(desk),
    Insert: () => insertNext(desk),
    PageDown: () => chooseVertex(desk, desk.lists.step(desk.vertex, 1), true),
    PageUp: () => chooseVertex(desk, desk.lists.step(desk.vertex, -1), true),
    Escape: () => chooseVertex(desk, null),
  };
  // Before the map itself, which its arrows move.
  box.addEventListener(
    "keydown",
    (event) => {
      if (event.target !== box || !desk.code) return;
      const isStep = event.key in WAYS && desk.vertex;
      if (!isStep && !(event.key in acts)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (isStep) nudgeTowards(desk, event.key, event);
      else if (event.key.startsWith("Page")) acts[event.key]();
      else withVertex(desk, acts[event.key]);
    },
    true,
  );
  desk.room.querySelector("[data-vertices]").addEventListener("keydown", (event) => {
    if (event.key !== "Delete" && event.key !== "Insert") return;
    event.preventDefault();
    withVertex(desk, acts[event.key]);
  });
}

function listenToHand(desk) {
  const attracts = desk.room.querySelector("[data-attracts]");
  createHand(desk.map, {
    now: () => ({
      topology: desk.session.topology,
      code: desk.code,
      canDrag: !desk.onPress && isOpen(desk.session),
      attracts: attracts.checked,
    }),
    onStart: () => settle(desk),
    onDrag: (dragged) => desk.borders.drag(dragged),
    onDrop: (dropped) => drop(desk, dropped),
    onVertex: (vertex) => chooseVertex(desk, vertex),
    onPress(latlng) {
      if (desk.onPress) desk.onPress(latlng);
      else chooseDistrict(desk, codeAt(desk.session.topology, latlng));
    },
  });
}
