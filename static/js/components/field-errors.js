/** Takes away why a field was refused as soon as something else is typed into it: what is filled in is not missing. */
export function createFieldErrors(form) {
  form.addEventListener("input", ({ target }) => {
    const error = target.id && document.getElementById(`${target.id}_error`);
    if (!error || !target.value.trim()) return;
    error.remove();
    target.removeAttribute("aria-invalid");
  });
}
