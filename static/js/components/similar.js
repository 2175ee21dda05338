/** "Is it this one?": open reports near the pin, on the map and as a list, with "me too". */
import { say } from "../lib/words.js";

/**
 * Returns {setPlace(latlng), setCategory(category)}, `latlng` null for none; `onFound(features)` draws what was found, also
 * when nothing was.
 */
export function createSimilar(form, { onFound }) {
  const section = form.querySelector("[data-similar]");
  const state = { section, onFound, latlng: null, category: null, request: null, timer: 0 };
  section.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-follow]");
    if (button) follow(state, button);
  });
  return {
    setPlace: (latlng) => ask(Object.assign(state, { latlng })),
    setCategory: (category) => ask(Object.assign(state, { category })),
  };
}

function ask(state) {
  clearTimeout(state.timer);
  state.request?.abort();
  if (!state.latlng) show(state, []);
  else if (state.category) state.timer = setTimeout(() => load(state), 400);
}

async function load(state) {
  state.request?.abort();
  state.request = new AbortController();
  const url = new URL(state.section.dataset.url, window.location.href);
  url.searchParams.set("lat", state.latlng.lat.toFixed(6));
  url.searchParams.set("lon", state.latlng.lng.toFixed(6));
  url.searchParams.set("category", state.category.value);
  try {
    const answer = await fetch(url, { signal: state.request.signal });
    show(state, answer.ok ? (await answer.json()).features : []);
  } catch (reason) {
    // Without it a report can be sent all the same.
    if (reason.name !== "AbortError") show(state, []);
  }
}

function show({ section, onFound }, features) {
  section.hidden = !features.length;
  section.querySelector("[data-similar-list]").replaceChildren(...features.map(row));
  section.querySelector("[data-similar-said]").textContent = features.length
    ? say("similar", { count: features.length })
    : "";
  onFound(features);
}

function row({ properties }) {
  const element = document.getElementById("similar-row").content.firstElementChild.cloneNode(true);
  const slot = (name) => element.querySelector(`[data-slot=${name}]`);
  slot("link").textContent = `${properties.category_name}, ${properties.reference}`;
  slot("link").href = properties.url;
  slot("status").textContent = properties.status_text;
  slot("away").textContent = say("away", { metres: properties.metres });
  slot("followers").textContent = properties.followers
    ? say("followers", { count: properties.followers })
    : "";
  slot("description").textContent = properties.description ?? "";
  element.querySelector("[data-follow]").dataset.reference = properties.reference;
  return element;
}

async function follow({ section }, button) {
  const { reference, url } = button.dataset;
  const said = section.querySelector("[data-similar-said]");
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url.replace("REFERENCE", reference), { method: "POST" });
    const body = await answer.json();
    said.textContent = answer.ok ? say("followed", { reference }) : body.detail;
    button.disabled = answer.ok;
    if (answer.ok) {
      button.closest("li").querySelector("[data-slot=followers]").textContent = say("followers", {
        count: body.followers,
      });
    }
  } catch {
    said.textContent = say("offline");
  }
  button.removeAttribute("aria-busy");
}
