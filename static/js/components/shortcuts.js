/**
 * [data-shortcut]: a key presses the button or the link, or opens the form of which it is the button;
 * with [data-chooses] it opens the form with that value chosen in the list. Keys do nothing while
 * somebody types, nor for whoever switched them off (`keys` in the storage of the browser is "off").
 */

const KEYS = "keys";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (isTyping(event.target) || areKeysOff()) return;
  const found = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  use(found);
});

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog") !== null;
}

/** Whether somebody wants no single keys, for example because they dictate. */
export function areKeysOff() {
  try {
    return localStorage.getItem(KEYS) === "off";
  } catch {
    return false;
  }
}

export function switchKeys(areOff) {
  try {
    localStorage.setItem(KEYS, areOff ? "off" : "on");
  } catch {
    // Where the browser keeps nothing, keys stay as they are.
  }
}

/** What the key of `found` does. */
export function use(found) {
  const { form } = found;
  const field = form?.querySelector("select, textarea, input:not([type=hidden])");
  if (!field) return found.click();
  found.closest("details")?.setAttribute("open", "");
  if (found.dataset.chooses) found.value = found.dataset.chooses;
  const next = found.dataset.chooses ? form.querySelector("textarea") : field;
  next.focus();
  next.scrollIntoView({ block: "center" });
}
