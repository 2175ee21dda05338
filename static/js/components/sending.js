/** Sending: by script where that works, kept for later where the network does not. */
import { forgetDraft } from "../lib/kept-draft.js";
import { heldBy, keepReport, outcome, photoFields, sendReport } from "../lib/outgoing.js";
import { answersFrom, isWorthKeeping, reportFrom } from "../lib/report-body.js";
import { say } from "../lib/words.js";

/**
 * `photos`, `draft` and `queue` as their makers return them. A report that the portal refuses goes
 * the plain way of the form, so that the server's page says what to mend, field by field.
 */
export function createSending(form, { photos, draft, queue }) {
  const button = form.querySelector("[data-send]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-busy") === "true") return;
    busy(button, say("sendingPhotos"));
    await photos.settled();
    busy(button, say("sending"));
    try {
      await go(form, { photos, draft, queue });
    } finally {
      free(button);
    }
  });
}

async function go(form, { photos, draft, queue }) {
  const body = bodyOf(form);
  // The server's page says that the pin is missing; it also handles the hidden field that only robots fill.
  if (!(body.location || body.extent) || form.elements.website.value) return plainWay(form, draft);
  const files = photos.items();
  const missing = files.find(({ id }) => !id);
  if (missing) return later(form, body, files, { draft, queue, held: missing.held });
  let answer;
  try {
    answer = await sendReport({ ...body, ...photoFields(files) });
  } catch {
    return later(form, body, files, { draft, queue });
  }
  const state = outcome(answer.status);
  if (state === "wait") {
    const held = heldBy(await answer.json().catch(() => ({})));
    return later(form, body, files, { draft, queue, held });
  }
  if (state === "refused") return plainWay(form, draft);
  draft.end();
  await forgetDraft().catch(() => {});
  const { reference } = await answer.json();
  window.location.assign(form.dataset.receiptUrl.replace("REFERENCE", reference));
}

// A form that the device kept has no token: the fresh one takes the draft over.
async function plainWay(form, draft) {
  // Reports nearby were shown while the form was filled in.
  form.elements.similar_seen.value = "1";
  if (!form.hasAttribute("data-shell")) return form.submit();
  await draft.write();
  window.location.assign(form.action);
}

function bodyOf(form) {
  const { elements } = form;
  const names = [
    "submission_id",
    "description",
    "extent",
    "lat",
    "lon",
    "place",
    "accuracy",
    "email",
    "clause",
  ];
  const values = Object.fromEntries(names.map((name) => [name, elements[name].value]));
  values.side = form.querySelector("[name=side]:checked")?.value ?? "";
  return reportFrom(values, {
    category: chosenCode(form),
    answers: answersOf(form),
    account: form.hasAttribute("data-shell") ? undefined : form.dataset.account,
    consent: elements.consent.checked,
  });
}

function answersOf(form) {
  const questions = form.querySelector(`[data-questions="${CSS.escape(chosenCode(form))}"]`);
  return answersFrom(questions?.querySelectorAll("[name^=answer-]") ?? []);
}

function chosenCode(form) {
  return form.querySelector("[name=category]:checked")?.value ?? "";
}

// What the portal would refuse anyway is not kept for later: it is said now.
async function later(form, body, photos, { draft, queue, held }) {
  if (!isWorthKeeping(body)) return plainWay(form, draft);
  const chosen = form.querySelector("[name=category]:checked");
  await keepReport({ body, photos, label: chosen.dataset.name, held });
  draft.end();
  await forgetDraft();
  form.hidden = true;
  await queue.show({ focus: true });
}

function busy(button, text) {
  button.setAttribute("aria-busy", "true");
  button.dataset.text ??= button.lastChild.textContent;
  button.lastChild.textContent = text;
}

function free(button) {
  button.removeAttribute("aria-busy");
  button.lastChild.textContent = button.dataset.text;
}
