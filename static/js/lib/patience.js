/** Asking a portal that is too busy at the moment again, before anybody is told. */

const TRIES = 4;
// Whoever is to wait for longer is told so at once.
const LONGEST_SECONDS = 3;

/**
 * `fetch`; an answer 503 that says when to come back is asked for again then, or up to half as long
 * later, so that those who were refused together do not come back together. `wait(milliseconds)`:
 * for tests.
 */
export async function fetchPatiently(url, { signal } = {}, wait = pause) {
  for (let left = TRIES - 1; ; left -= 1) {
    const answer = await fetch(url, { signal });
    const seconds = Number(answer.headers.get("Retry-After"));
    const isWorthIt = answer.status === 503 && seconds > 0 && seconds <= LONGEST_SECONDS;
    if (!isWorthIt || left === 0) return answer;
    await wait(seconds * 1000 * (1 + Math.random() / 2));
    signal?.throwIfAborted();
  }
}

function pause(milliseconds) {
  return new Promise((done) => setTimeout(done, milliseconds));
}
