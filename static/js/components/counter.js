/** How many characters of a text are used. */
import { say } from "../lib/words.js";

export function createCounter(form) {
  const field = form.elements.description;
  const line = form.querySelector("[data-counter]");
  const limit = Number(line.dataset.limit);
  const update = () => {
    const used = field.value.length;
    const isOver = used > limit;
    line.textContent = isOver
      ? say("counterOver", { over: used - limit })
      : say("counter", { used, limit });
    line.classList.toggle("field-error", isOver);
  };
  field.addEventListener("input", update);
  update();
}
