/** [data-answering]: says who else is answering, and tells others while somebody types. */

// Milliseconds. Who types is shown for a minute, see panel/report/presence.py.
const ASK_EVERY = 15_000;
const TELL_EVERY = 20_000;

const said = document.querySelector("[data-answering]");
if (said) begin(said, said.closest("form"));

function begin(place, form) {
  let told = 0;
  form.addEventListener("input", () => {
    if (Date.now() - told < TELL_EVERY) return;
    told = Date.now();
    ask(place, { method: "POST", headers: { "X-CSRFToken": tokenOf(form) } });
  });
  setInterval(() => {
    if (!document.hidden) ask(place);
  }, ASK_EVERY);
  ask(place);
}

function tokenOf(form) {
  return form.elements.csrfmiddlewaretoken.value;
}

async function ask({ dataset }, options) {
  try {
    const answer = await fetch(dataset.answering, options);
    if (answer.ok) say(said, await answer.json());
  } catch {
    // Without the network there is nobody to tell; the next time will do.
  }
}

// The same words are not said twice to those who listen.
function say(place, { people, version }) {
  const { others, changed } = place.dataset;
  const words = [
    ...(people.length ? [`${others} ${people.join(", ")}.`] : []),
    ...(String(version) === place.dataset.version ? [] : [changed]),
  ].join(" ");
  if (place.textContent !== words) place.textContent = words;
}
