/** Parts of a report as the API takes it, from the values of the form's fields. */

const SHORTEST_DESCRIPTION = 3;

/** {extent} or {location}, or nothing while the place is not known. Values are texts of fields. */
export function placeFields({ extent, lat, lon }) {
  if (extent) return { extent: JSON.parse(extent) };
  if (!lat || !lon) return {};
  return { location: { type: "Point", coordinates: [Number(lon), Number(lat)] } };
}

/**
 * Answers by the code of their question. `fields` are named "answer-" and the code; the choices of a
 * question with several answers make a list.
 */
export function answersFrom(fields) {
  const answers = {};
  for (const { name, type, checked, value } of fields) {
    const code = name.slice("answer-".length);
    if (type === "checkbox") {
      answers[code] ??= [];
      if (checked) answers[code].push(value);
    } else if (type !== "radio" || checked) answers[code] = value;
  }
  return answers;
}

/**
 * The report as the API takes it. `values` are texts of fields by their names; `account` marks whose
 * it is, so that sent later it does not become somebody else's who is logged in then: undefined on a
 * form that the device kept, which is made for nobody.
 */
export function reportFrom(values, { category, answers, account, consent }) {
  const body = {
    submission_id: values.submission_id,
    category,
    description: values.description,
    ...placeFields(values),
    address: values.place.trim(),
    side: values.side,
    sent_from: "web",
    answers,
  };
  if (account !== undefined) body.account = account;
  if (values.accuracy) body.accuracy = Number(values.accuracy);
  if (!values.email) return body;
  return { ...body, email: values.email, consent, clause: values.clause };
}

/** Whether the portal could take this report; what it would refuse anyway is not kept for later. */
export function isWorthKeeping({ category, description }) {
  return Boolean(category) && description.trim().length >= SHORTEST_DESCRIPTION;
}
