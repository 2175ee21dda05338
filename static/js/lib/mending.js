/** A report that the portal did not take goes back into the form, to be mended and sent again. */
import { readDraft, writeDraft } from "./kept-draft.js";
import { discardReport, keptReport } from "./outgoing.js";

/** Make the kept report `key` the draft. False, and nothing is changed, where there is a draft already. */
export async function putBackIntoForm(key) {
  if (await readDraft()) return false;
  await writeDraft(draftOf(await keptReport(key)));
  await discardReport(key);
  return true;
}

function draftOf({ body, photos, state, at }) {
  const [lon, lat] = body.location?.coordinates ?? ["", ""];
  return {
    values: {
      // What the portal has under this key is another report.
      submission_id: state === "already" ? crypto.randomUUID() : body.submission_id,
      lat: String(lat),
      lon: String(lon),
      accuracy: String(body.accuracy ?? ""),
      extent: body.extent ? JSON.stringify(body.extent) : "",
      place: body.address,
      description: body.description,
      email: body.email ?? "",
    },
    category: body.category,
    consent: Boolean(body.consent),
    clause: body.clause,
    answers: Object.entries(body.answers ?? {}).flatMap(([code, given]) =>
      [given].flat().map((value) => [`answer-${code}`, value]),
    ),
    photos,
    at,
  };
}
