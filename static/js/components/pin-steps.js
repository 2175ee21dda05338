/** The pin by buttons: so many metres in a direction, for those who cannot drag. */
const WAYS = { north: [1, 0], south: [-1, 0], west: [0, -1], east: [0, 1] };

/** `onStep([north, east])` in metres. Returns {toggle(isThere)}: whether there is a pin to be moved. */
export function createPinSteps(form, { onStep }) {
  const section = form.querySelector("[data-steps]");
  section.addEventListener("click", ({ target }) => {
    const way = WAYS[target.closest("[data-go]")?.dataset.go];
    if (!way) return;
    const metres = Number(section.querySelector("[name=step]:checked").value);
    onStep(way.map((part) => part * metres));
  });
  return { toggle: (isThere) => section.toggleAttribute("hidden", !isThere) };
}
