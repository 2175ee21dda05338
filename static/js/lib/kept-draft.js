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
