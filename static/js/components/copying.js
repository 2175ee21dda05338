/** Buttons [data-copy]: put the text on the clipboard and say so in the button itself. */

const SHOWN_MS = 3000;

for (const button of document.querySelectorAll("[data-copy]")) {
  const words = button.querySelector("span");
  const before = words.textContent;
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy);
    words.textContent = button.dataset.copied;
    setTimeout(() => {
      words.textContent = before;
    }, SHOWN_MS);
  });
}
