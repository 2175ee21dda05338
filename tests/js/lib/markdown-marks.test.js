import assert from "node:assert/strict";
import { test } from "node:test";
import { makeLink, markLines, wrapSelection } from "../../../static/js/lib/markdown-marks.js";

test("what is selected gets its marks and stays selected", () => {
  const made = wrapSelection({ text: "to jest ważne", start: 8, end: 13 }, "**");
  assert.equal(made.text, "to jest **ważne**");
  assert.equal(made.text.slice(made.start, made.end), "ważne");
});

test("marks that stand there already are taken away", () => {
  const made = wrapSelection({ text: "**ważne**", start: 2, end: 7 }, "**");
  assert.deepEqual(made, { text: "ważne", start: 0, end: 5 });
});

test("every line that the selection touches becomes an item", () => {
  const made = markLines({ text: "a\nb\nc", start: 0, end: 3 }, "- ");
  assert.equal(made.text, "- a\n- b\nc");
});

test("items become lines again", () => {
  assert.equal(markLines({ text: "- a\n- b", start: 0, end: 7 }, "- ").text, "a\nb");
});

test("a link waits for its address", () => {
  const made = makeLink({ text: "zobacz tu", start: 7, end: 9 });
  assert.equal(made.text, "zobacz [tu](https://)");
  assert.equal(made.text.slice(made.start, made.end), "https://");
});
