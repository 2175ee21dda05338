/** Words of the form, written by the server into the template "form-words". */

/** The text of `name` with {placeholders} filled from `values`. */
export function say(name, values = {}) {
  const text = document.getElementById("form-words").dataset[name];
  return text.replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}
