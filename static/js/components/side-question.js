/** Near a border: one question, which side, with both sides in words and on the map. */

/**
 * `onChange(border, code)` draws both sides: `border` as the API gives it, null for none; `code` is the
 * chosen district, empty before. Returns {ask(border), hide()}; a choice between the same two stays.
 */
export function createSideQuestion(form, { onChange }) {
  const section = form.querySelector("[data-side]");
  const list = section.querySelector("[data-sides]");
  const question = { section, list, border: null, onChange };
  list.addEventListener("change", () => onChange(question.border, chosen(question)));
  return {
    ask: (border) => ask(question, border),
    hide: () => {
      section.hidden = true;
      list.replaceChildren();
      onChange(null, "");
    },
  };
}

function ask(question, border) {
  const { section, list } = question;
  const before = chosen(question);
  section.querySelector("[data-side-question]").textContent = border.question;
  // The same two districts, asked again by a move of the pin: only the words may be others.
  const inputs = new Map([...list.querySelectorAll("input")].map((input) => [input.value, input]));
  const isSame =
    inputs.size === border.sides.length && border.sides.every(({ code }) => inputs.has(code));
  if (isSame) {
    for (const { code, words } of border.sides) wordsOf(inputs.get(code)).textContent = words;
  } else list.replaceChildren(...border.sides.map((side) => choice(side, answered(list))));
  question.border = border;
  section.hidden = false;
  question.onChange(border, isSame ? before : chosen(question));
}

function chosen({ list }) {
  return list.querySelector("input:checked")?.value ?? "";
}

// What the server was sent already, where it returns the form for another reason.
function answered(list) {
  return list.querySelector("input[type=hidden]")?.value;
}

function wordsOf(input) {
  return input.closest("label").querySelector("span");
}

function choice({ code, words }, answer) {
  const label = document.getElementById("side-choice").content.firstElementChild.cloneNode(true);
  Object.assign(label.querySelector("input"), { value: code, checked: code === answer });
  label.querySelector("span").textContent = words;
  return label;
}
