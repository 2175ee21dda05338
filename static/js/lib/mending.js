/** A report that the portal did not take goes back into the form, to be mended and sent again. */
import { readDraft, writeDraft } from "./kept-draft.js";
import { discard } from "./outgoing.js";
import { get } from "./store.js";

/** Makes the kept report `key` the draft. False where another draft lies there: nothing is lost. */
export async function mend(key) {
  if (await readDraft()) return false;
  await writeDraft(draftOf(await get("outgoing", key)));
  await discard(key);
  return true;
}

function draftOf({ body, photos, at }) {
  const [lon, lat] = body.location?.coordinates ?? ["", ""];
  return {
    values: {
      submission_id: body.submission_id,
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
    answers: Object.entries(body.answers ?? {}).flatMap(([code, given]) =>
      [given].flat().map((value) => [`answer-${code}`, value]),
    ),
    photos,
    at,
  };
}
