/** What somebody who fills in a form has to know of the portal: a break to come or on, a switch. */

const MINUTE = 60_000;
// So many minutes before a break it is said again.
const STEPS = [1, 5, 10, 30];

/**
 * What is to be said at `now` (ms): {key, step, values}, or null. `state` is the answer of the
 * portal; `functions` are those that the form needs. It is spoken again when `key` or `step` changes.
 */
export function situation(state, now, functions = []) {
  const starts = Date.parse(state.break?.starts_at);
  const ends = Date.parse(state.break?.ends_at);
  const isOn = now >= starts && now < ends;
  if (isOn) return { key: "on", step: ends, values: { end: hour(ends) } };
  if (state.only_reads && !(now >= ends)) return { key: "onWithoutEnd", step: 0, values: {} };
  const closed = functions.find((name) => state.off[name]);
  if (closed) return { key: "off", step: closed, values: { sentence: state.off[closed] } };
  const minutes = Math.ceil((starts - now) / MINUTE);
  const step = STEPS.find((most) => minutes <= most);
  if (!(starts > now) || !step) return null;
  return { key: "soon", step, values: { minutes, start: hour(starts), end: hour(ends) } };
}

/** Whether the form can be sent in that situation. */
export const isOpen = (found) => !found || found.key === "soon";

function hour(moment) {
  const lang = globalThis.document?.documentElement.lang || "pl";
  return new Date(moment).toLocaleTimeString(lang, { hour: "2-digit", minute: "2-digit" });
}
