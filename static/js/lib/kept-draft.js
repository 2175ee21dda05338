/** The one draft that the device keeps: what was typed, the pin and the photos. */
import { get, put, remove } from "./store.js";

const STORE = "drafts";
const KEY = "report";

export const readDraft = () => get(STORE, KEY);
export const writeDraft = (draft) => put(STORE, KEY, draft);
export const forgetDraft = () => remove(STORE, KEY);

/** The draft of a report that has arrived is no draft any more; one begun since then stays. */
export async function forgetSent(submissionId) {
  const kept = await readDraft();
  if (kept?.values.submission_id === submissionId) await forgetDraft();
}

const FIELDS = [
  "submission_id",
  "lat",
  "lon",
  "accuracy",
  "extent",
  "place",
  "description",
  "email",
];

/** Whether the consent of a draft still holds on a form that shows this version of the clause. */
export const isConsentOf = ({ consent, clause }, shown) => Boolean(consent) && clause === shown;

/**
 * The draft of what stands in the form, or null where that is too little to keep. `entries` are the
 * names and values of the form, as FormData lists them; `photos` are kept as they are.
 */
export function draftFrom(entries, photos) {
  const given = new Map(entries);
  const values = Object.fromEntries(FIELDS.map((name) => [name, given.get(name) ?? ""]));
  if (!values.description && !values.lat && !values.place && !photos.length) return null;
  return {
    values,
    category: given.get("category"),
    consent: given.has("consent"),
    clause: given.get("clause"),
    answers: entries.filter(([name]) => name.startsWith("answer-")),
    photos,
    at: Date.now(),
  };
}

/** Two tabs that hold one draft are two reports once both are sent: the second gets its own key. */
export async function ownKey(submissionId) {
  const isFree = await new Promise((tell) => {
    const held = new Promise(() => {});
    navigator.locks.request(`draft-${submissionId}`, { ifAvailable: true }, (lock) => {
      tell(lock !== null);
      return lock ? held : undefined;
    });
  });
  return isFree ? submissionId : crypto.randomUUID();
}
