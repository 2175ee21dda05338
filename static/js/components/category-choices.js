/** The categories close when one is chosen. What is chosen stays in view, with a button to change it. */

/** Returns {show(radio)}: that this one is chosen. */
export function createCategoryChoices(form) {
  const choices = form.querySelector("[data-choices]");
  const chosen = form.querySelector("[data-category-chosen]");
  const button = chosen.querySelector("[data-category-change]");
  // The key that is held down within the choices.
  let held = "";

  const open = (isOpen) => {
    choices.hidden = !isOpen;
    button.setAttribute("aria-expanded", String(isOpen));
  };
  // Arrows choose every radio button that they come to: that is not yet a choice.
  const isWalking = () => held.startsWith("Arrow");

  const show = (radio) => {
    const icon = radio.closest("label").querySelector(".icon").cloneNode(true);
    chosen.querySelector("[data-slot=chosen]").replaceChildren(icon, radio.dataset.name);
    chosen.hidden = false;
    if (!isWalking()) open(false);
  };

  button.addEventListener("click", () => open(choices.hidden));
  choices.addEventListener("keydown", (event) => {
    held = event.shiftKey ? "" : event.key;
    if (held !== "Enter" || event.target.name !== "category") return;
    // Enter on a radio button would send the form.
    event.preventDefault();
    event.target.click();
  });
  choices.addEventListener("keyup", () => (held = ""));
  choices.addEventListener("click", ({ target }) => {
    if (target.name !== "category" || isWalking()) return;
    show(target);
    button.focus();
  });
  // Whoever walked and goes on with Tab has chosen. A finger that presses below must find in place
  // what it presses.
  choices.addEventListener("focusout", ({ relatedTarget }) => {
    if (!relatedTarget || choices.contains(relatedTarget)) return;
    if (held === "Tab" && !chosen.hidden) open(false);
    held = "";
  });
  return { show };
}
