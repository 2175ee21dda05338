/** "Use my location": asked for only after a press, never by itself. */
const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };

/** `onAsked()` at a press, then `onFound({lat, lng}, metres)` with the accuracy, or `onFailed("locateRefused" | "locateFailed")`. */
export function askForPosition(button, { onAsked, onFound, onFailed }) {
  if (!navigator.geolocation) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    onAsked();
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done(button, () => report(coords, onFound)),
      ({ code }) => done(button, () => onFailed(code === 1 ? "locateRefused" : "locateFailed")),
      OPTIONS,
    );
  });
}

function report({ latitude: lat, longitude: lng, accuracy }, onFound) {
  onFound({ lat, lng }, accuracy);
}

function done(button, tell) {
  button.removeAttribute("aria-busy");
  tell();
}
