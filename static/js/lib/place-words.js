/** Places in words, as the portal says them. */

// By its address of the API: each place is asked for once.
const answers = new Map();

/**
 * "Piotrkowska 104, osiedle Katedralna" for {lat, lng} (EPSG:4326), by the API's `locateUrl`; null
 * outside the city and without a network.
 */
export function placeInWords(locateUrl, { lat, lng }) {
  const url = `${locateUrl}?lat=${lat.toFixed(6)}&lon=${lng.toFixed(6)}`;
  if (!answers.has(url)) {
    const answer = ask(url);
    answers.set(url, answer);
    // What failed may be asked for again.
    answer.then((words) => words ?? answers.delete(url));
  }
  return answers.get(url);
}

async function ask(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? (await answer.json()).place : null;
  } catch {
    return null;
  }
}
