/** A map below the fold: nothing of it is loaded before somebody scrolls near it. */

const NEAR = "300px";

/** Resolves once `element` is in view, or nearly. */
export function whenNear(element) {
  return new Promise((resolve) => {
    const observer = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        resolve();
      },
      { rootMargin: NEAR },
    );
    observer.observe(element);
  });
}

/** Loads the map's library from `url`; rejects if it cannot be had. */
export function loadLibrary(url) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.onload = resolve;
    script.onerror = () => reject(new Error("the library of the map is not there"));
    document.head.append(script);
  });
}
