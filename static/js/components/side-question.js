/** Near a border: one question, which side, with both districts named. */

/** Returns {ask(districts), hide()}; a choice made for the same two districts stays. */
export function createSideQuestion(form) {
  const section = form.querySelector("[data-side]");
  const list = section.querySelector("[data-sides]");
  return {
    ask: (districts) => ask(section, list, districts),
    hide: () => {
      section.hidden = true;
      list.replaceChildren();
    },
  };
}

function ask(section, list, districts) {
  const codes = new Set([...list.querySelectorAll("input")].map(({ value }) => value));
  section.hidden = false;
  if (districts.length === codes.size && districts.every(({ code }) => codes.has(code))) return;
  list.replaceChildren(...districts.map(choice));
}

function choice({ code, name }) {
  const label = document.getElementById("side-choice").content.firstElementChild.cloneNode(true);
  label.querySelector("input").value = code;
  label.querySelector("span").textContent = name;
  return label;
}
