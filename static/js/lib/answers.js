/** Answers come into view where somebody waits for them, and never pull away who has gone on. */

const MARGIN = 8; // px
const FIELDS = "input, textarea, select";

/**
 * Returns {asked(), show(answer, asked)}. `asked()` is what was pressed last in `form`, null for nothing; `show`
 * scrolls as little as brings `answer` into what is seen, if nothing else was pressed since.
 */
export function createAnswers(form) {
  let last = null;
  const press = ({ target }) => {
    if (target !== last?.target) last = { target };
  };
  form.addEventListener("pointerdown", press, { capture: true });
  form.addEventListener("keydown", press, { capture: true });
  // Who fills in another field has gone on; a button may have got the focus from a script.
  form.addEventListener("focusin", (event) => event.target.matches(FIELDS) && press(event));
  return {
    asked: () => last,
    show: (answer, asked) => {
      if (asked && asked === last) bringIntoView(answer);
    },
  };
}

/** What a person sees of the page: top and bottom in the coordinates of getBoundingClientRect. */
export function seen() {
  const { offsetTop, height } = window.visualViewport ?? { offsetTop: 0, height: innerHeight };
  return { top: offsetTop, bottom: offsetTop + height };
}

function bringIntoView(answer) {
  const { top, bottom } = answer.getBoundingClientRect();
  const screen = seen();
  const below = bottom + MARGIN - screen.bottom;
  const above = top - MARGIN - screen.top;
  // The beginning of an answer that is higher than the screen comes first.
  if (above < 0) scrollPage(above);
  else if (below > 0) scrollPage(Math.min(below, above));
}

/** Scrolls by `distance` px at once: a smooth way would be stopped by the next answer. */
export function scrollPage(distance) {
  window.scrollBy({ top: distance, behavior: "instant" });
}
