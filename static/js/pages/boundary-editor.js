/**
 * A draft of boundaries edited on the map. Every act is kept on the device and sent at once; what a closed tab left
 * unsent comes back; who changes the same draft meanwhile is told.
 */
import { asGeojson, createKeeping, holdDraft } from "../boundaries/keeping.js";
import { createPortal } from "../boundaries/portal.js";
import { createSession, fitOf, isOpen, replay } from "../boundaries/session.js";
import { createDesk } from "../components/border-desk.js";
import { createTools } from "../components/border-tools.js";
import { say } from "../lib/words.js";
import { createBorders } from "../map/borders.js";
import { createGround } from "../map/city.js";

const RETRY_MS = 3000;
const ASK_MS = 15_000;

const editor = document.querySelector("[data-editor]");
const find = (name) => editor.querySelector(`[data-${name}]`);
const { code, account } = editor.dataset;
const { draft: draftUrl, standing, draw, undo, redo } = editor.dataset;
const portal = createPortal({ urls: { draft: draftUrl, standing, draw, undo, redo }, account });
const keeping = createKeeping(code, account);

start();

async function start() {
  const waited = await holdDraft(`${code}-${account}`, () => notify(say("elsewhere")));
  if (waited) notify("");
  const map = createGround(find("editor-map"));
  const draft = await portal.load().catch((fault) => {
    console.warn(fault);
    notify(say("failed"));
  });
  if (!draft) return;
  const kept = await keeping.read();
  const left = kept?.queue.length ? fitOf(kept, draft) : null;
  if (left?.fit === "apart" || left?.fit === "clash") offer(draft, left);
  else open(map, draft, left?.entries ?? []);

  function offer(theirs, { fit, entries }) {
    notify(say(fit, { ...who(theirs), count: entries.length }), {
      add: fit === "apart" && (() => open(map, theirs, entries)),
      save: () => saveFile(entries),
      drop: async () => {
        await keeping.forget();
        open(map, theirs, []);
      },
    });
  }
}

function open(map, draft, entries) {
  notify("");
  let desk = null;
  const session = createSession({
    draft,
    send: portal.send,
    keep: keeping.write,
    pause: () => paused(),
    onChange: (changed) => {
      showState(changed);
      desk?.showButtons();
    },
  });
  const borders = createBorders(map);
  find("editor-room").inert = false;
  desk = createDesk(find("editor-room"), { map, borders, session });
  createTools(find("editor-room"), desk);
  showState(session);
  if (entries.length) {
    desk.tell(say("back", { count: entries.length }));
    replay(session, entries).then(() => desk.refresh());
  }
  watch(session);
  editor.dataset.ready = "true";
}

// The next try comes with time, or as soon as the network is back.
function paused() {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, RETRY_MS);
    window.addEventListener(
      "online",
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
}

function who({ by, at }) {
  const time = at && new Date(at);
  const options = { dateStyle: "long", timeStyle: "short" };
  return {
    who: by ?? "–",
    at: time ? time.toLocaleString(document.documentElement.lang, options) : "–",
  };
}

function showState(session) {
  const { state, answer, queue } = session;
  const count = queue.length;
  editor.dataset.saving = state;
  const word = { "logged-out": "loggedOut", conflict: "stopped", refused: "stopped" }[state];
  find("state").textContent = say(word ?? state, { count });
  if (isOpen(session) || session.isWaiting) return;
  const text =
    state === "refused"
      ? say("refused", { detail: answer.detail ?? "" })
      : say(count ? "conflict" : "newer", { ...who(answer), count });
  notify(text, {
    load: async () => {
      if (state === "refused") await keeping.forget();
      window.location.reload();
    },
    save: count > 0 && (() => saveFile(queue)),
  });
}

/** A sentence above the map with what can be done about it: {load, add, save, drop}. */
function notify(text, acts = {}) {
  find("notice").hidden = !text;
  find("notice-text").textContent = text;
  for (const name of ["load", "add", "save", "drop"]) {
    const button = find(`notice-${name}`);
    button.hidden = !acts[name];
    button.onclick = acts[name] || null;
  }
}

function saveFile(queue) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([asGeojson(queue)], { type: "application/geo+json" }));
  link.download = `${code}.geojson`;
  link.click();
  URL.revokeObjectURL(link.href);
}

async function watch(session) {
  for (;;) {
    if (!document.hidden) await ask(session);
    await new Promise((resolve) => setTimeout(resolve, ASK_MS));
  }
}

async function ask(session) {
  const known = session.revision;
  const answer = await portal.ask();
  if (!answer) return;
  const names = answer.others.join(", ");
  find("others").textContent = names ? say("others", { names }) : "";
  // What this tab sends meanwhile changes the draft too.
  const isIdle = session.state === "saved" && !session.queue.length && session.revision === known;
  if (isIdle && answer.revision !== known) {
    Object.assign(session, { state: "conflict", answer });
    session.onChange();
  }
}
