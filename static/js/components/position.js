/** "Use my location": asked for only after a press, never by itself. */
const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 };

/** `onFound({lat, lng})`, or `onFailed("locateRefused" | "locateFailed")`. */
export function askForPosition(button, { onFound, onFailed }) {
  if (!navigator.geolocation) {
    button.hidden = true;
    return;
  }
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => done(button, () => onFound({ lat: coords.latitude, lng: coords.longitude })),
      ({ code }) => done(button, () => onFailed(code === 1 ? "locateRefused" : "locateFailed")),
      OPTIONS,
    );
  });
}

function done(button, tell) {
  button.removeAttribute("aria-busy");
  tell();
}
