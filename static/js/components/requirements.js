/** Which requirements the password meets that is being typed; the portal's validators decide. */

const SETTLE_MS = 250;

/** `form` carries the address that checks (data-check-url) and one element for each requirement. */
export function createRequirements(form) {
  const password = form.elements.password1;
  const state = { form, rows: [...form.querySelectorAll("[data-requirement]")] };
  let timer;
  form.addEventListener("input", ({ target }) => {
    if (!["username", "email", "password1"].includes(target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(() => check(state, password.value), SETTLE_MS);
  });
}

async function check(state, password) {
  state.request?.abort();
  state.request = new AbortController();
  try {
    const answer = await fetch(state.form.dataset.checkUrl, {
      method: "POST",
      body: new FormData(state.form),
      signal: state.request.signal,
    });
    if (answer.ok) show(state, (await answer.json()).requirements, password);
  } catch (reason) {
    // Without an answer the list stays as it is; the form is checked again when it is sent.
    if (reason.name !== "AbortError") console.warn(reason);
  }
}

function show({ form, rows }, met, password) {
  rows.forEach((row, index) => {
    row.querySelector(".met").hidden = met[index] !== true;
    row.querySelector(".unmet").hidden = met[index] !== false;
    row.toggleAttribute("data-met", met[index] === true);
  });
  const said = form.querySelector("[data-requirements-said]");
  const count = met.filter((one) => one === true).length;
  const words = said.dataset.template.replace("{met}", count).replace("{all}", met.length);
  said.textContent = password ? words : "";
}
