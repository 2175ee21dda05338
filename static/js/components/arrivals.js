/**
 * Says how many reports came into the list that is open, and moves nothing: whoever wants to see them
 * presses. Without a connection nothing is said; the browser tries again by itself.
 */

/** `box`: [data-live], the address of the events; `shown`: the numbers that stand on the page. */
export function announceArrivals(box, shown) {
  const arrived = new Set();
  const count = box.querySelector("[data-slot=count]");
  const source = new EventSource(box.dataset.live);
  source.addEventListener("arrivals", ({ data }) => {
    for (const reference of JSON.parse(data)) {
      if (!shown.has(reference)) arrived.add(reference);
    }
    if (!arrived.size) return;
    count.textContent = String(arrived.size);
    box.hidden = false;
  });
  // A page that is kept for "back" would hold its connection.
  window.addEventListener("pagehide", () => source.close());
}
