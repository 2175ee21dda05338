/** What was drawn and not sent yet, on this device, until it is: it survives a closed tab. */
import { get, put, remove } from "../lib/store.js";

const STORE = "drafts";

/** Of one draft and one account: {read(), write(queue, revision), forget()}. */
export function createKeeping(code, account) {
  const key = `boundaries-${code}-${account}`;
  return {
    // A private window may refuse to keep anything: the editor works without.
    read: () => get(STORE, key).catch(() => undefined),
    write(queue, revision) {
      const entries = queue.map(({ answer: _answer, ...entry }) => entry);
      const kept = entries.length
        ? put(STORE, key, { queue: entries, revision })
        : remove(STORE, key);
      return kept.catch(() => {});
    },
    forget: () => remove(STORE, key).catch(() => {}),
  };
}

/** Resolves once no other tab of this browser edits the draft; `onWait()` if one does now. */
export function holdDraft(code, onWait) {
  const name = `boundaries-${code}`;
  const forever = new Promise(() => {});
  return new Promise((resolve) => {
    navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (lock) {
        resolve(false);
        return forever;
      }
      onWait();
      navigator.locks.request(name, () => {
        resolve(true);
        return forever;
      });
      return undefined;
    });
  });
}

/** The districts of unsent acts as they were drawn last, as GeoJSON: to take along what cannot be sent. */
export function asGeojson(queue) {
  const last = new Map();
  for (const { districts, before } of withoutUndone(queue)) {
    for (const { code, geometry, name, borough } of districts) {
      const properties = { ...before[code]?.properties, code };
      if (name !== undefined) Object.assign(properties, { name, borough });
      const drawn = geometry ?? last.get(code)?.geometry ?? before[code]?.geometry;
      if (geometry === null) last.delete(code);
      else last.set(code, { type: "Feature", properties, geometry: drawn });
    }
  }
  return JSON.stringify({ type: "FeatureCollection", features: [...last.values()] });
}

function withoutUndone(queue) {
  const [done, undone] = [[], []];
  for (const entry of queue) {
    if (entry.act === "undo") undone.push(...done.splice(-1));
    else if (entry.act === "redo") done.push(...undone.splice(-1));
    else {
      done.push(entry);
      undone.length = 0;
    }
  }
  return done;
}
