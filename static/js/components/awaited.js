/** A section [data-awaited="yes"]: the page renews itself once nobody waits for its content any more. */
const PAUSE_MS = 1500;

export async function renewWhenDone() {
  if (!document.querySelector("[data-awaited='yes']")) return;
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    const answer = await fetch(window.location.href).catch(() => null);
    const text = answer?.ok ? await answer.text() : "";
    if (text && !text.includes('data-awaited="yes"')) return window.location.reload();
  }
}
