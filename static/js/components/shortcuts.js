/**
 * [data-shortcut]: a key presses the button, or opens the form of which it is the button; with
 * [data-chooses] it opens the form with that value chosen in the list. Keys do nothing while somebody
 * types, nor for whoever switched them off (`keys` in the storage of the browser is "off").
 */

const KEYS = "keys";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (isTyping(event.target) || isSwitchedOff()) return;
  const found = document.querySelector(`[data-shortcut="${CSS.escape(event.key)}"]`);
  if (!found) return;
  event.preventDefault();
  use(found);
});

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog") !== null;
}

function isSwitchedOff() {
  try {
    return localStorage.getItem(KEYS) === "off";
  } catch {
    return false;
  }
}

function use(found) {
  if (found.href) return found.click();
  const { form } = found;
  const field = form.querySelector("select, textarea, input:not([type=hidden])");
  if (!field) return found.click();
  found.closest("details")?.setAttribute("open", "");
  if (found.dataset.chooses) found.value = found.dataset.chooses;
  const next = found.dataset.chooses ? form.querySelector("textarea") : field;
  next.focus();
  next.scrollIntoView({ block: "center" });
}
