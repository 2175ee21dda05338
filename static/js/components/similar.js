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
  const element = clone("similar-row");
  const fill = (name, text) => (slot(element, name).textContent = text);
  slot(element, "link").href = properties.url;
  fill("link", `${properties.category_name}, ${properties.reference}`);
  fill("status", properties.status_text);
  fill("away", say("away", { metres: properties.metres }));
  fill("place", properties.place);
  fill("since", inWords(properties.created_at));
  slot(element, "since").dateTime = properties.created_at;
  fill("followers", followersText(properties.followers));
  fill("description", properties.description ?? "");
  const photo = slot(element, "photo");
  if (properties.photo) photo.src = properties.photo;
  else photo.remove();
  Object.assign(element.querySelector("[data-follow]").dataset, {
    reference: properties.reference,
    unit: properties.unit,
    expected: properties.expected_by ?? "",
  });
  return element;
}

async function follow({ section }, button) {
  const { reference, unit, expected } = button.dataset;
  const { answer, body } = await send(button, {});
  if (!answer?.ok) {
    section.querySelector("[data-similar-said]").textContent = body.detail;
    return;
  }
  const item = button.closest("li");
  slot(item, "followers").textContent = followersText(body.followers);
  const joined = clone("similar-joined");
  slot(joined, "done").textContent = say("followed", { reference });
  slot(joined, "next").textContent = expected
    ? say("followedUntil", { unit, day: inWords(expected) })
    : say("followedOpen", { unit });
  const letters = joined.querySelector("[data-letters]");
  if (body.letters === "account") {
    letters?.remove();
    joined.append(said(say("lettersToAccount")));
  } else if (letters) offerLetters(letters, button.dataset);
  button.replaceWith(joined);
  slot(joined, "done").focus();
}

// The fields stand inside the form of the report: Enter in them must not send it.
function offerLetters(letters, { reference, url }) {
  const button = letters.querySelector("[data-want-letters]");
  const email = letters.querySelector("input[type=email]");
  const consent = letters.querySelector("input[type=checkbox]");
  for (const field of [email, consent]) {
    field.id = `similar-${field.type}-${reference}`;
    field.parentElement.querySelector("label").htmlFor = field.id;
    const line = field.closest(".field").querySelector(".field-error");
    line.id = `${field.id}-error`;
    field.setAttribute("aria-describedby", line.id);
  }
  Object.assign(button.dataset, { reference, url });
  email.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    button.click();
  });
  button.addEventListener("click", () => wantLetters(letters, { button, email, consent }));
}

async function wantLetters(letters, { button, email, consent }) {
  const fields = { email, consent };
  const given = { email: email.value.trim(), consent: consent.checked };
  if (!given.email) return refuse(letters, { email: [say("emailMissing")] }, fields);
  const { answer, body } = await send(button, given);
  if (!answer?.ok) return refuse(letters, body.fields ?? { email: [body.detail] }, fields);
  const done = said(say("lettersAsked", { email: given.email }));
  letters.replaceWith(done);
  done.focus();
}

function refuse(letters, texts, fields) {
  for (const name of ["email", "consent"]) {
    const line = slot(letters, `${name}-error`);
    line.textContent = texts[name]?.join(" ") ?? "";
    line.hidden = !texts[name];
    fields[name].setAttribute("aria-invalid", String(Boolean(texts[name])));
  }
  fields[texts.email ? "email" : "consent"].focus();
}

async function send(button, given) {
  const { reference, url } = button.dataset;
  button.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url.replace("REFERENCE", reference), {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: JSON.stringify(given),
    });
    return { answer, body: await answer.json() };
  } catch {
    return { answer: null, body: { detail: say("offline") } };
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function clone(id) {
  return document.getElementById(id).content.firstElementChild.cloneNode(true);
}

function slot(element, name) {
  return element.querySelector(`[data-slot=${name}]`);
}

function said(text) {
  const line = document.createElement("p");
  line.tabIndex = -1;
  line.textContent = text;
  return line;
}

function followersText(count) {
  return count ? say("followers", { count }) : "";
}

function inWords(day) {
  return new Date(day).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
}
