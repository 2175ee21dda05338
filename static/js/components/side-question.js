/** Near a border: one question, which side, with both districts named. */

/** Returns {ask(districts), settle()}; a choice made for the same two districts stays. */
export function createSideQuestion(form) {
  const room = form.querySelector("[data-side]");
  const list = room.querySelector("[data-sides]");
  return {
    ask: (districts) => ask(room, list, districts),
    settle: () => {
      room.hidden = true;
      list.replaceChildren();
    },
  };
}

function ask(room, list, districts) {
  const codes = new Set([...list.querySelectorAll("input")].map(({ value }) => value));
  room.hidden = false;
  if (districts.length === codes.size && districts.every(({ code }) => codes.has(code))) return;
  list.replaceChildren(...districts.map(choice));
}

function choice({ code, name }) {
  const label = document.getElementById("side-choice").content.firstElementChild.cloneNode(true);
  label.querySelector("input").value = code;
  label.querySelector("span").textContent = name;
  return label;
}
