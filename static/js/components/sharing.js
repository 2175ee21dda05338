/** Button [data-share]: the device's own way of passing an address on, where it has one. */

for (const button of document.querySelectorAll("[data-share]")) {
  const { share: url, title } = button.dataset;
  button.hidden = !navigator.canShare?.({ url, title });
  // Who changes their mind has not failed at anything.
  // The address may be another one by then.
  button.addEventListener("click", () =>
    navigator.share({ url: button.dataset.share, title }).catch(() => {}),
  );
}
