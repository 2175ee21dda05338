/** Words of the form, written by the server into the template "form-words". */

/** The text of `name` with {placeholders} filled from `values`. */
export function say(name, values = {}) {
  const key = `say${name[0].toUpperCase()}${name.slice(1)}`;
  const text = document.getElementById("form-words").dataset[key];
  return text.replace(/\{(\w+)\}/g, (whole, word) => values[word] ?? whole);
}
