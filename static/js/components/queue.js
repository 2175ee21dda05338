/** The list of reports kept on this device: those that wait, and those that were answered. */
import { putBackIntoForm } from "../lib/mending.js";
import { discardReport, keptReports, sendAll } from "../lib/outgoing.js";

const EVERY_MS = 30_000;

/** Starts sending what waits; returns {show({focus})}. Nothing is seen while nothing waits. */
export function createQueue(section) {
  const queue = { section, list: section.querySelector("[data-queue-list]") };
  const go = () => sendAll(() => show(queue)).then(() => show(queue));
  section.addEventListener("click", ({ target }) => {
    const discarding = target.closest("[data-queue-discard]");
    if (discarding) discardReport(discarding.dataset.key).then(() => show(queue, { focus: true }));
    const mending = target.closest("[data-queue-mend]");
    if (mending) putBack(mending);
  });
  window.addEventListener("online", go);
  // The portal takes reports again.
  window.addEventListener("portal-open", go);
  setInterval(go, EVERY_MS);
  go().catch(() => {});
  askWorker();
  return { show: (options) => show(queue, options) };
}

async function putBack(button) {
  if (await putBackIntoForm(button.dataset.key)) window.location.assign(button.dataset.form);
  else button.closest("li").querySelector("[data-queue-busy]").hidden = false;
}

// Where the browser can, the worker sends even after the page is closed.
async function askWorker() {
  const registration = await navigator.serviceWorker?.ready;
  await registration?.sync?.register("outgoing").catch(() => {});
}

async function show({ section, list }, { focus = false } = {}) {
  const entries = await keptReports();
  section.hidden = !entries.length && !focus;
  list.replaceChildren(...entries.map(row));
  section.querySelector("[data-queue-empty]").hidden = entries.length > 0;
  if (focus) section.querySelector("[tabindex]").focus();
}

function row({ body, label, state, at, reference, detail, held }) {
  const isHeld = state === "wait" && held;
  const template = document.getElementById(`queue-${isHeld ? "held" : state}`);
  const element = template.content.firstElementChild.cloneNode(true);
  element.querySelector("[data-slot=label]").textContent = label;
  element.querySelector("time").dateTime = new Date(at).toISOString();
  element.querySelector("time").textContent = new Date(at).toLocaleString(
    document.documentElement.lang,
    { dateStyle: "short", timeStyle: "short" },
  );
  const link = element.querySelector("a");
  if (link) link.href = link.dataset.url.replace("REFERENCE", reference);
  const why = element.querySelector("[data-slot=detail]");
  if (why) why.textContent = (isHeld ? held : detail) ?? "";
  for (const button of element.querySelectorAll("button")) button.dataset.key = body.submission_id;
  return element;
}
