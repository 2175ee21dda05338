/**
 * What staff typed about a report and have not sent yet: in this tab only, by account, report and
 * form, until it is done or somebody logs out. `storage` is the tab's sessionStorage.
 */
const MARK = "typed:";

/** The storage of this tab, or null where the browser gives none. */
export function tabStorage() {
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

/** `fields`: [name, value, label] of each field that differs from what the page showed. */
export function keepTyped(storage, name, fields) {
  if (fields.length) storage.setItem(MARK + name, JSON.stringify(fields));
  else storage.removeItem(MARK + name);
}

export function readTyped(storage, name) {
  return JSON.parse(storage.getItem(MARK + name) ?? "[]");
}

/** Whether anything is kept in this tab. */
export function hasTyped(storage) {
  return namesIn(storage).length > 0;
}

export function forgetTyped(storage) {
  for (const name of namesIn(storage)) storage.removeItem(MARK + name);
}

/** Forget what another account typed in this tab. */
export function forgetOthers(storage, account) {
  const others = namesIn(storage).filter((name) => !name.startsWith(`${account}:`));
  for (const name of others) storage.removeItem(MARK + name);
}

function namesIn(storage) {
  return Array.from({ length: storage.length }, (_nothing, place) => storage.key(place))
    .filter((key) => key.startsWith(MARK))
    .map((key) => key.slice(MARK.length));
}
