import assert from "node:assert/strict";
import { test } from "node:test";
import { isOpen, situation } from "../../../static/js/lib/portal-state.js";

const NOON = Date.parse("2026-11-26T12:00:00Z");
const MINUTE = 60_000;
const at = (minutes) => new Date(NOON + minutes * MINUTE).toISOString();

const state = (more = {}) => ({ break: null, only_reads: false, off: {}, ...more });
const withBreak = (from, to, more = {}) =>
  state({ break: { starts_at: at(from), ends_at: at(to) }, ...more });
const keyOf = (...given) => situation(...given)?.key ?? null;

test("a portal that works needs no words", () => {
  assert.equal(situation(state(), NOON), null);
});

test("a break in more than half an hour is not told yet", () => {
  assert.equal(keyOf(withBreak(31, 60), NOON), null);
});

for (const [minutes, step] of [
  [30, 30],
  [11, 30],
  [10, 10],
  [5, 5],
  [2, 5],
  [1, 1],
  [0.2, 1],
]) {
  test(`a break in ${minutes} minutes is told as the step of ${step}`, () => {
    const found = situation(withBreak(minutes, 60), NOON);
    assert.deepEqual([found.key, found.step], ["soon", step]);
    assert.equal(found.values.minutes, Math.ceil(minutes));
  });
}

test("from its start the break is on, also where the portal has not said so yet", () => {
  assert.equal(keyOf(withBreak(0, 60), NOON), "on");
});

test("at its end the break is over, also where the portal said before that it only reads", () => {
  const before = withBreak(-60, 0, { only_reads: true });
  assert.equal(keyOf(before, NOON - 1), "on");
  assert.equal(keyOf(before, NOON), null);
});

test("a portal that only reads without a break is told without an end", () => {
  assert.equal(keyOf(state({ only_reads: true }), NOON), "onWithoutEnd");
});

test("a switch is told to a form that needs the function, with its sentence", () => {
  const off = state({ off: { reporting: "Nie teraz." } });
  const found = situation(off, NOON, ["reporting"]);
  assert.deepEqual(found, {
    key: "off",
    step: "reporting",
    values: { sentence: "Nie teraz." },
  });
  assert.equal(situation(off, NOON, []), null);
});

test("a break that is on goes before a switch, a break to come after it", () => {
  const off = { off: { reporting: "Nie teraz." } };
  assert.equal(keyOf(withBreak(0, 60, off), NOON, ["reporting"]), "on");
  assert.equal(keyOf(withBreak(5, 60, off), NOON, ["reporting"]), "off");
});

test("a form is open until the break begins", () => {
  const opens = (...given) => isOpen(situation(...given));
  assert.equal(opens(state(), NOON), true);
  assert.equal(opens(withBreak(5, 60), NOON), true);
  assert.equal(opens(withBreak(0, 60), NOON), false);
});
