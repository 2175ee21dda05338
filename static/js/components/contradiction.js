/** Pin and address in two districts: which of them is meant is asked, and settled by one press. */
import { say } from "../lib/words.js";

/**
 * `onPin()` after the address was taken away, `onAddress()` when the pin has to go. Returns
 * {setPin(district), setAddress(address)}, each with null for none; `address` as the API gives it.
 */
export function createContradiction(form, { onPin, onAddress }) {
  const section = form.querySelector("[data-contradiction]");
  // The server asks about what was only typed: of that, no district is known here.
  const state = { section, pin: null, address: null, isAsked: !section.hidden };
  section.addEventListener("change", ({ target }) => {
    target.checked = false;
    if (target.value === "pin") {
      form.elements.place.value = "";
      state.address = null;
      onPin();
    } else onAddress();
    state.isAsked = false;
    section.hidden = true;
  });
  form.elements.place.addEventListener("input", () =>
    show(Object.assign(state, { address: null, isAsked: false })),
  );
  return {
    setPin: (pin) => show(Object.assign(state, { pin })),
    setAddress: (address) => show(Object.assign(state, { address })),
  };
}

function show({ section, pin, address, isAsked }) {
  if (isAsked && !address) return;
  const isOne = !pin || !address?.district || pin.code === address.district.code;
  section.hidden = isOne;
  section.querySelector("[data-contradiction-said]").textContent = isOne
    ? ""
    : say("contradiction", {
        pin: pin.name,
        address: address.label,
        district: address.district.name,
      });
}
