/** A file field in the page's language: the names of what was chosen stand beside a button of ours. */

/** `field` holds the input, and an element for the names (components/file_field.html). */
export function createFileField(field) {
  const input = field.querySelector("input");
  const names = field.querySelector("[data-file-names]");
  const show = () => {
    const chosen = [...input.files].map(({ name }) => name).join(", ");
    names.textContent = chosen || names.dataset.none;
  };
  // On the field around it: what the page's own script takes out of the input is gone by then.
  field.addEventListener("change", show);
  field.dataset.ready = "true";
  show();
}
