/**
 * One person editing one draft: acts are done at once on this device, kept on it, and sent one after the other. The
 * portal's list of changes is the one truth about what can be undone; the topologies before are kept here too, so that
 * undoing does not wait for the network as long as they reach.
 *
 * An entry of the queue is {key, act, districts, before} or {key, act: "undo" | "redo"}. `districts` are what the portal
 * is to keep ({code, geometry?, name?, borough?}; geometry null takes one away), `before` the features that it was drawn upon.
 */
import { buildTopology, featureOf, withFeatures } from "./topology.js";

// Topologies kept for undoing without asking the portal, which knows all of them.
const REMEMBERED = 200;

/**
 * `draft` is what the portal says of it: {features, revision, last, undoable, redoable}. `send(entry, revision)` answers
 * {status: "done", revision, districts} or {status: "away" | "conflict" | "refused" | "logged-out", …}; `keep(queue,
 * revision)` keeps what is not sent; `onChange(session)` after everything.
 */
export function createSession({ draft, send, keep, onChange = () => {}, pause }) {
  const session = {
    topology: buildTopology(draft.features),
    revision: draft.revision,
    undoable: draft.undoable,
    redoable: draft.redoable,
    past: [],
    future: [],
    queue: [],
    // What a closed tab left and is not done once more yet.
    later: [],
    // "saved", "saving", "away" (tried again by itself), "logged-out", "conflict" or "refused".
    state: "saved",
    answer: null,
    send,
    keep,
    pause,
    onChange: () => onChange(session),
    sending: null,
    // While the portal is asked for what was before, nothing else is done.
    isWaiting: false,
  };
  return session;
}

/** Whether acts are taken: not after the portal refused one, because what follows would build upon it. */
export const isOpen = (session) => goesOn(session) && !session.isWaiting;

const goesOn = ({ state }) => state !== "conflict" && state !== "refused";

/** Do what an act of this folder answered. `names`: what else the portal must know, by code. */
export function doAct(session, act, result, { names = {}, key = crypto.randomUUID() } = {}) {
  const before = session.topology;
  remember(session.past, before);
  session.future = [];
  session.topology = result.topology;
  session.undoable += 1;
  session.redoable = 0;
  const districts = result.codes.map((code) => {
    // A new name alone leaves the boundary as it is.
    if (act === "renamed") return { code, ...names[code] };
    const feature = featureOf(result.topology, code);
    return { code, geometry: feature?.geometry ?? null, ...names[code] };
  });
  const had = Object.fromEntries(result.codes.map((code) => [code, featureOf(before, code)]));
  enqueue(session, { key, act, districts, before: had });
}

export const canUndo = ({ undoable, past }) => undoable > 0 || past.length > 0;
export const canRedo = ({ redoable, future }) => redoable > 0 || future.length > 0;

/** Resolves to whether something was undone. */
export const undo = (session, key) => step(session, "undo", session.past, "future", key);
export const redo = (session, key) => step(session, "redo", session.future, "past", key);

async function step(session, act, from, to, key = crypto.randomUUID()) {
  if (!isOpen(session) || !(act === "undo" ? canUndo(session) : canRedo(session))) return false;
  const entry = { key, act };
  if (from.length) {
    remember(session[to], session.topology);
    session.topology = from.pop();
    count(session, act);
    enqueue(session, entry);
    return true;
  }
  // What this device does not remember, the portal does.
  session.isWaiting = true;
  enqueue(session, entry);
  await sendAll(session);
  session.isWaiting = false;
  if (entry.answer) {
    remember(session[to], session.topology);
    const changed = new Map(Object.entries(entry.answer.districts));
    session.topology = withFeatures(session.topology, changed);
    count(session, act);
  }
  session.onChange();
  return Boolean(entry.answer);
}

function count(session, act) {
  session.undoable += act === "undo" ? -1 : 1;
  session.redoable += act === "undo" ? 1 : -1;
}

function remember(stack, topology) {
  stack.push(topology);
  if (stack.length > REMEMBERED) stack.shift();
}

function enqueue(session, entry) {
  session.queue.push(entry);
  keepQueue(session);
  session.onChange();
  sendAll(session);
}

const keepQueue = ({ keep, queue, later, revision }) => keep([...queue, ...later], revision);

/** Send what waits, in order. Resolves when nothing does, or when it cannot go on. */
export function sendAll(session) {
  session.sending ??= Promise.resolve().then(() => run(session));
  return session.sending;
}

async function run(session) {
  while (session.queue.length && goesOn(session)) {
    if (session.state === "saved") set(session, "saving");
    const [entry] = session.queue;
    const answer = await session.send(entry, session.revision);
    if (answer.status === "done") {
      entry.answer = answer;
      session.revision = answer.revision;
      session.queue.shift();
      keepQueue(session);
      set(session, session.queue.length ? "saving" : "saved");
    } else {
      set(session, answer.status, answer);
      if (goesOn(session)) await session.pause();
    }
  }
  session.sending = null;
}

function set(session, state, answer = null) {
  session.state = state;
  session.answer = answer;
  session.onChange();
}

/**
 * Whether entries that a closed tab left unsent still fit the draft as the portal has it, and which of them are left:
 * "fits", "apart" (somebody changed the draft since, but none of these districts), or "clash".
 */
export function fitOf(kept, draft) {
  // Those up to the draft's last change have arrived; their answers got lost with the tab.
  const arrived = kept.queue.findIndex(({ key }) => key === draft.last) + 1;
  const entries = kept.queue.slice(arrived);
  const revision = kept.revision + arrived;
  if (revision === draft.revision) return { fit: "fits", entries };
  const topology = buildTopology(draft.features);
  const drawn = new Set();
  for (const { districts, before } of entries) {
    // What is undone is another change now.
    if (!districts) return { fit: "clash", entries };
    for (const { code } of districts) {
      if (drawn.has(code)) continue;
      drawn.add(code);
      if (!isSameFeature(before[code], featureOf(topology, code))) return { fit: "clash", entries };
    }
  }
  return { fit: "apart", entries };
}

function isSameFeature(one, other) {
  if (!one || !other) return one === other;
  const names = ["name", "borough"].every(
    (name) => one.properties[name] === other.properties[name],
  );
  return names && sameRings(one) === sameRings(other);
}

// A ring may begin elsewhere where other borders have met it since.
function sameRings({ geometry: { coordinates } }) {
  const rings = coordinates.flat().map((ring) => ring.slice(1).map(String).sort().join(" "));
  return rings.sort().join(";");
}

/** Do entries that were left unsent once more; they keep their keys, so that none is done twice. */
export async function replay(session, entries) {
  session.later = [...entries];
  while (session.later.length) {
    const { key, act, districts } = session.later.shift();
    if (act === "undo") await undo(session, key);
    else if (act === "redo") await redo(session, key);
    else {
      const names = namesOf(districts);
      doAct(session, act, redone(session.topology, districts), { names, key });
    }
  }
}

function redone(topology, districts) {
  const changed = districts.map(({ code, geometry, name, borough }) => {
    if (geometry === null) return [code, null];
    const known = featureOf(topology, code);
    const named = name === undefined ? {} : { name, borough };
    const properties = { ...known?.properties, code, ...named };
    return [code, { type: "Feature", properties, geometry: geometry ?? known.geometry }];
  });
  const codes = districts.map(({ code }) => code);
  return { topology: withFeatures(topology, new Map(changed)), codes };
}

function namesOf(districts) {
  const named = districts.filter(({ name }) => name !== undefined);
  return Object.fromEntries(named.map(({ code, name, borough }) => [code, { name, borough }]));
}
