/** A text field with suggestions, by the ARIA combobox pattern: the focus stays in the field. */
import { scrollPage, seen } from "./answers.js";

const SETTLE_MS = 120;
const MARGIN = 8; // px
const LEAST_ROOM = 180; // px, for four suggestions

/**
 * `onType()` after a pause in typing; `onChoose(item)`; `onEnter()` with nothing chosen; `textOf(item)`
 * is what is shown, `count(number)` what is read out. Returns {offer(items), stop()};
 * `stop` forgets what was typed last.
 */
export function createCombobox(field, list, options) {
  const box = { field, list, items: [], active: -1, timer: 0, ...options };
  prepare(box);
  field.addEventListener("input", () => {
    clearTimeout(box.timer);
    box.timer = setTimeout(box.onType, SETTLE_MS);
  });
  field.addEventListener("keydown", (event) => press(box, event));
  field.addEventListener("blur", () => close(box));
  window.visualViewport?.addEventListener("resize", () => fit(box));
  // A press on an item must not take the focus, or blur would close the list before the click.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", ({ target }) => {
    const place = [...list.children].indexOf(target.closest("[role=option]"));
    if (place >= 0) choose(box, place);
  });
  return { offer: (items) => offer(box, items), stop: () => clearTimeout(box.timer) };
}

function prepare({ field, list }) {
  list.id ||= `${field.id}-suggestions`;
  list.setAttribute("role", "listbox");
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
}

function offer(box, items) {
  box.items = items;
  box.list.replaceChildren(...items.map((item, place) => option(box, item, place)));
  box.list.hidden = !items.length || document.activeElement !== box.field;
  box.field.setAttribute("aria-expanded", String(!box.list.hidden));
  activate(box, -1);
  announce(box);
  fit(box);
}

// A keyboard on the screen leaves little of it: the field goes to the top, the list into what remains.
function fit({ field, list }) {
  if (list.hidden) return;
  const room = () => seen().bottom - list.getBoundingClientRect().top - MARGIN;
  if (room() < Math.min(LEAST_ROOM, list.scrollHeight)) {
    scrollPage(field.getBoundingClientRect().top - seen().top - MARGIN);
  }
  list.style.maxHeight = `${Math.max(room(), 0)}px`;
}

function option({ list, textOf }, item, place) {
  const element = document.createElement("li");
  element.id = `${list.id}-${place}`;
  element.setAttribute("role", "option");
  element.textContent = textOf(item);
  return element;
}

function announce({ list, items, count }) {
  const status = list.parentElement.querySelector("[data-suggestion-count]");
  if (status) status.textContent = items.length ? count(items.length) : "";
}

const KEYS = {
  ArrowDown: (box) => activate(box, (box.active + 1) % box.items.length),
  ArrowUp: (box) => activate(box, (box.active <= 0 ? box.items.length : box.active) - 1),
  Escape: close,
};

function press(box, event) {
  if (event.key === "Enter") {
    event.preventDefault();
    clearTimeout(box.timer);
    if (!box.list.hidden && box.active >= 0) choose(box, box.active);
    else box.onEnter();
  } else if (!box.list.hidden && KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key](box);
  }
}

function activate(box, place) {
  box.active = place;
  for (const [index, element] of [...box.list.children].entries()) {
    element.setAttribute("aria-selected", String(index === place));
  }
  const active = box.list.children[place];
  if (active) box.field.setAttribute("aria-activedescendant", active.id);
  else box.field.removeAttribute("aria-activedescendant");
  active?.scrollIntoView({ block: "nearest" });
}

function choose(box, place) {
  const item = box.items[place];
  close(box);
  box.onChoose(item);
}

function close(box) {
  box.list.hidden = true;
  box.field.setAttribute("aria-expanded", "false");
  box.field.removeAttribute("aria-activedescendant");
}
