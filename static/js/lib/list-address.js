/** The address of the list from which somebody opened a report, so that they come back to its place. */
import { keepTyped, readTyped, tabStorage } from "./typed.js";

const storage = tabStorage();

/** Notes the list that the page shows. */
export function noteList(account) {
  if (!storage) return;
  const { pathname, search } = window.location;
  keepTyped(storage, keyOf(account), [["list", pathname + search, ""]]);
}

/** `link` leads to the noted list, to the row of the report with this number. */
export function leadBack(link, account, reference) {
  const [noted] = storage ? readTyped(storage, keyOf(account)) : [];
  if (noted) link.href = `${noted[1]}#${reference}`;
}

function keyOf(account) {
  return `${account}:list`;
}
