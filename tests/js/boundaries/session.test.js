import assert from "node:assert/strict";
import { test } from "node:test";

import {
  canRedo,
  canUndo,
  createSession,
  doAct,
  fitOf,
  isOpen,
  redo,
  replay,
  sendAll,
  undo,
} from "../../../static/js/boundaries/session.js";
import { featureOf, ringsOf, withProperties } from "../../../static/js/boundaries/topology.js";
import { moveVertex, vertexAt } from "../../../static/js/boundaries/vertices.js";
import { corner, square } from "./squares.js";

const features = [square("a", 0), square("b", 1)];
const DRAFT = { features, revision: 3, last: "before", undoable: 0, redoable: 0 };

/** The portal: takes entries upon the revision that it has. `answers` come first. */
function portal({ answers = [], ...draft } = {}) {
  const made = { sent: [], keys: [], kept: [], answers, revision: 3 };
  made.send = async (entry, revision) => {
    made.sent.push([entry.act, revision]);
    made.keys.push(entry.key);
    const answer = made.answers.shift();
    if (answer) return answer;
    assert.equal(revision, made.revision);
    made.revision += 1;
    return { status: "done", revision: made.revision, districts: made.districts };
  };
  made.session = createSession({
    draft: { ...DRAFT, ...draft },
    send: made.send,
    keep: (queue, revision) => made.kept.push([queue.map(({ act }) => act), revision]),
    pause: async () => {},
  });
  return made;
}

function moved(topology, from, to) {
  return moveVertex(topology, vertexAt(topology, corner(...from)), corner(...to));
}

function move(session, from, to, options) {
  doAct(session, "moved", moved(session.topology, from, to), options);
}

const has = (topology, code, position) =>
  ringsOf(topology, code)
    .flat(2)
    .some((one) => String(one) === String(position));

test("an act is there at once, kept at once, and sent upon the revision of the one before", async () => {
  const { session, sent, kept } = portal();
  move(session, [1, 1], [1.1, 1]);
  assert.ok(has(session.topology, "b", corner(1.1, 1)));
  assert.deepEqual(kept[0], [["moved"], 3]);
  move(session, [1, 0], [1.1, 0]);
  await sendAll(session);
  assert.deepEqual(sent, [
    ["moved", 3],
    ["moved", 4],
  ]);
  assert.deepEqual(kept.at(-1), [[], 5]);
  assert.equal(session.state, "saved");
});

test("both neighbours of a shared vertex are sent, and what they were is kept", () => {
  const { session } = portal();
  move(session, [1, 1], [1.1, 1]);
  const [{ districts, before }] = session.queue;
  assert.deepEqual(
    districts.map(({ code }) => code),
    ["a", "b"],
  );
  assert.ok(String(districts[0].geometry.coordinates).includes(String(corner(1.1, 1))));
  assert.ok(String(before.b.geometry.coordinates).includes(String(corner(1, 1))));
});

test("without a network it is tried again until it goes", async () => {
  const away = { status: "away" };
  const { session, sent } = portal({ answers: [away, away] });
  move(session, [1, 1], [1.1, 1]);
  await sendAll(session);
  assert.equal(sent.length, 3);
  assert.equal(session.state, "saved");
});

test("what somebody else changed meanwhile stops the sending, and nothing of it is lost", async () => {
  const conflict = { status: "conflict", detail: "Ten szkic zmienił gis2." };
  const { session, sent, kept } = portal({ answers: [conflict] });
  move(session, [1, 1], [1.1, 1]);
  await sendAll(session);
  assert.deepEqual([session.state, session.answer, isOpen(session)], ["conflict", conflict, false]);
  assert.equal(sent.length, 1);
  assert.deepEqual(kept.at(-1), [["moved"], 3]);
});

test("undoing goes back at once and is sent", async () => {
  const { session, sent } = portal();
  const before = session.topology;
  move(session, [1, 1], [1.1, 1]);
  const after = session.topology;
  assert.ok(await undo(session));
  assert.equal(session.topology, before);
  assert.ok(canRedo(session) && !canUndo(session));
  assert.ok(await redo(session));
  assert.equal(session.topology, after);
  await sendAll(session);
  assert.deepEqual(
    sent.map(([act]) => act),
    ["moved", "undo", "redo"],
  );
});

test("what another tab did is undone by the portal, and done again", async () => {
  const made = portal({ undoable: 1 });
  const { session } = made;
  const after = session.topology;
  made.districts = { a: square("a", 0, 0, 1, 5), b: null };
  assert.ok(await undo(session));
  assert.ok(has(session.topology, "a", corner(0, 5)));
  assert.equal(featureOf(session.topology, "b"), null);
  assert.deepEqual([canUndo(session), canRedo(session)], [false, true]);
  assert.ok(await redo(session));
  assert.equal(session.topology, after);
});

test("while the portal is asked, nothing else is done", async () => {
  const made = portal({ undoable: 2 });
  made.districts = {};
  const asked = undo(made.session);
  assert.ok(!isOpen(made.session));
  assert.equal(await undo(made.session), false);
  await asked;
  assert.ok(isOpen(made.session));
});

test("there is nothing to undo in a draft that nobody changed", async () => {
  const { session, sent } = portal();
  assert.deepEqual([await undo(session), await redo(session), sent], [false, false, []]);
});

test("a new act takes the place of what was undone", async () => {
  const { session } = portal();
  move(session, [1, 1], [1.1, 1]);
  await undo(session);
  move(session, [1, 0], [1.1, 0]);
  assert.ok(!canRedo(session));
});

/** What a tab leaves that closes without a network. */
function left(act) {
  const { session } = portal();
  act(session);
  return { queue: structuredClone(session.queue), revision: 3 };
}

test("what a closed tab left unsent is done once more, with its own keys", async () => {
  const kept = left((session) => {
    move(session, [1, 1], [1.1, 1], { key: "one" });
    move(session, [1, 0], [1.1, 0], { key: "two" });
    undo(session, "three");
  });
  const { fit, entries } = fitOf(kept, DRAFT);
  assert.equal(fit, "fits");
  const { session, keys, kept: keeping } = portal();
  await replay(session, entries);
  assert.ok(has(session.topology, "b", corner(1.1, 1)));
  assert.ok(!has(session.topology, "b", corner(1.1, 0)));
  await sendAll(session);
  assert.deepEqual(keys, ["one", "two", "three"]);
  // A tab that closes meanwhile leaves all that is not sent.
  assert.deepEqual(keeping[0], [["moved", "moved", "undo"], 3]);
});

test("what had arrived before the tab closed is not done twice", () => {
  const kept = left((session) => {
    move(session, [1, 1], [1.1, 1], { key: "one" });
    move(session, [1, 0], [1.1, 0], { key: "two" });
  });
  const { fit, entries } = fitOf(kept, { ...DRAFT, revision: 4, last: "one" });
  assert.equal(fit, "fits");
  assert.deepEqual(
    entries.map(({ key }) => key),
    ["two"],
  );
});

test("what had arrived is told by the last of them too", () => {
  const kept = left((session) => {
    move(session, [1, 1], [1.1, 1], { key: "one" });
    move(session, [1, 0], [1.1, 0], { key: "two" });
    undo(session, "three");
  });
  const { fit, entries } = fitOf(kept, { ...DRAFT, revision: 5, last: "two" });
  assert.deepEqual([fit, entries.map(({ key }) => key)], ["fits", ["three"]]);
});

test("where somebody changed other districts, what was left can be added", () => {
  const kept = left((session) => move(session, [0, 1], [0, 1.1]));
  const theirs = [features[0], square("b", 1, 0, 3), square("c", 7)];
  const draft = { ...DRAFT, features: theirs, revision: 4, last: "theirs" };
  assert.equal(fitOf(kept, draft).fit, "apart");
});

test("where somebody changed the same district, or its name, it clashes", () => {
  const kept = left((session) => move(session, [1, 1], [1.1, 1]));
  const theirs = { ...DRAFT, revision: 4, last: "theirs" };
  assert.equal(
    fitOf(kept, { ...theirs, features: [features[0], square("b", 1, 0, 3)] }).fit,
    "clash",
  );
  const renamed = structuredClone(features);
  renamed[1].properties.name = "Inna";
  assert.equal(fitOf(kept, { ...theirs, features: renamed }).fit, "clash");
});

test("what was to be undone is not undone in somebody else's changes", () => {
  const kept = left((session) => {
    move(session, [1, 1], [1.1, 1]);
    undo(session);
  });
  assert.equal(fitOf(kept, { ...DRAFT, revision: 4, last: "theirs" }).fit, "clash");
});

test("a name comes back with what a closed tab left", async () => {
  const kept = left((session) => {
    const topology = withProperties(session.topology, "a", { name: "Nowa", borough: "Widzew" });
    const names = { a: { name: "Nowa", borough: "Widzew" } };
    doAct(session, "renamed", { topology, codes: ["a"] }, { names });
  });
  const { session } = portal();
  await replay(session, kept.queue);
  assert.equal(featureOf(session.topology, "a").properties.name, "Nowa");
  assert.equal(session.queue[0].districts[0].name, "Nowa");
});
