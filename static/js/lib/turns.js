/**
 * Hands `items` to `act` one by one, `atOnce` of them between two looks at what the reader does, so
 * that a slow phone answers a finger while much is drawn. Ends early once `goesOn()` is false.
 */
export async function inTurns(items, atOnce, act, goesOn = () => true) {
  for (let from = 0; from < items.length; from += atOnce) {
    if (from) await nextTurn();
    if (!goesOn()) return;
    items.slice(from, from + atOnce).forEach(act);
  }
}

/** Resolves once the browser has looked at what the reader does. */
export function nextTurn() {
  return new Promise((resolve) => setTimeout(resolve));
}
