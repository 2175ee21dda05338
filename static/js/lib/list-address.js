/**
 * The list from which somebody opened a report: its address, so that they come back to its place, and
 * the numbers on it, so that they go on to the next one.
 */
import { keepTyped, readTyped, tabStorage } from "./typed.js";

const storage = tabStorage();

/** Notes the list that the page shows; `references`: of its reports, in order. */
export function noteList(account, references) {
  if (!storage) return;
  const { pathname, search } = window.location;
  keepTyped(storage, keyOf(account), [
    ["list", pathname + search, ""],
    ["references", references.join(" "), ""],
  ]);
}

/** `link` leads to the noted list, to the row of the report with this number. */
export function leadBack(link, account, reference) {
  const { list } = noted(account);
  if (list) link.href = `${list}#${reference}`;
}

/** The numbers before and after this one on the noted list; undefined where there is none. */
export function neighboursOnList(account, reference) {
  const references = (noted(account).references ?? "").split(" ");
  const place = references.indexOf(reference);
  return place < 0 ? {} : { before: references[place - 1], after: references[place + 1] };
}

function noted(account) {
  const fields = storage ? readTyped(storage, keyOf(account)) : [];
  return Object.fromEntries(fields.map(([name, value]) => [name, value]));
}

function keyOf(account) {
  return `${account}:list`;
}
