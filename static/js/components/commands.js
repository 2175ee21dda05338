/**
 * The dialog with all that the page can do: what has a key ([data-shortcut]) and what only has words
 * ([data-command]), to be found by its words. Ctrl+K opens it wherever somebody is; `?` is one of the
 * keys of the page.
 */
import { plain } from "../lib/plain.js";
import { areKeysOff, switchKeys, use } from "./shortcuts.js";

/** `dialog`: [data-commands]; `opener`: the button that opens it. */
export function createCommands(dialog, opener) {
  const box = {
    dialog,
    field: dialog.querySelector("[data-commands-words]"),
    list: dialog.querySelector("[data-commands-list]"),
    none: dialog.querySelector("[data-commands-none]"),
    row: dialog.querySelector("[data-commands-row]"),
  };
  opener.hidden = false;
  opener.addEventListener("click", () => open(box));
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    if (!dialog.open) open(box);
  });
  box.field.addEventListener("input", () => show(box));
  dialog.addEventListener("keydown", (event) => move(box, event));
  dialog.addEventListener("click", ({ target }) => {
    // A press beside the dialog, on what dims the page.
    if (target === dialog) dialog.close();
  });
  const off = dialog.querySelector("[data-keys-off]");
  off.checked = areKeysOff();
  off.addEventListener("change", () => switchKeys(off.checked));
}

function open(box) {
  box.commands = commandsOf(box.dialog.ownerDocument);
  box.field.value = "";
  show(box);
  box.dialog.showModal();
  box.field.focus();
}

/** What the page can do, each once: {element, words, key}. */
function commandsOf(page) {
  return [...page.querySelectorAll("[data-shortcut], [data-command]")]
    .filter((element) => !element.closest("dialog") && !element.matches(":disabled, a:not([href])"))
    .map((element) => ({
      element,
      words: element.dataset.command || element.textContent.trim().replace(/\s+/g, " "),
      key: element.dataset.shortcut ?? "",
    }));
}

function show({ commands, field, list, none, row, dialog }) {
  const wanted = plain(field.value).split(/\s+/);
  const found = commands.filter(({ words }) => wanted.every((word) => plain(words).includes(word)));
  list.replaceChildren(
    ...found.map(({ element, words, key }) => {
      const item = row.content.firstElementChild.cloneNode(true);
      item.querySelector("[data-slot=words]").textContent = words;
      const mark = item.querySelector("kbd");
      mark.textContent = key;
      mark.hidden = !key;
      item.querySelector("button").addEventListener("click", () => {
        dialog.close();
        use(element);
      });
      return item;
    }),
  );
  none.hidden = found.length > 0;
}

// Arrows go through the field and the buttons below it; Enter in the field takes the first.
function move({ dialog, field, list }, event) {
  const buttons = [...list.querySelectorAll("button")];
  if (event.key === "Enter" && event.target === field) {
    event.preventDefault();
    buttons[0]?.click();
    return;
  }
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const stops = [field, ...buttons];
  const place = stops.indexOf(dialog.ownerDocument.activeElement);
  if (!step || place < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(place + step, 0), stops.length - 1)].focus();
}
