/** How many characters of a text are used. */
import { say } from "../lib/words.js";

export function createCounter(form) {
  const field = form.elements.description;
  const line = form.querySelector("[data-counter]");
  const said = form.querySelector("[data-counter-said]");
  const limit = Number(line.dataset.limit);
  const update = () => {
    const used = field.value.length;
    const isOver = used > limit;
    line.textContent = isOver
      ? say("counterOver", { over: used - limit })
      : say("counter", { used, limit });
    // Said once when the limit is crossed, and not at every letter.
    line.classList.toggle("field-error", isOver);
    if (!isOver) said.textContent = "";
    else if (!said.textContent) said.textContent = line.textContent;
  };
  field.addEventListener("input", update);
  update();
}
