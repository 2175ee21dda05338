/** Steps of the pin: metres to the north and to the east, from keys and to a new place. */

const STEP_METRES = 10;
const FINE_METRES = 1;
const COARSE_METRES = 100;
const METRES_A_DEGREE = 111_320;
const DIRECTIONS = {
  ArrowUp: [1, 0],
  ArrowDown: [-1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** [north, east] in metres for a key with its modifiers; null for a key that moves nothing. */
export function stepOfKey({ key, ctrlKey, shiftKey }) {
  const metres = ctrlKey ? COARSE_METRES : shiftKey ? FINE_METRES : STEP_METRES;
  return DIRECTIONS[key]?.map((part) => part * metres) ?? null;
}

/** The place that many metres away, exact enough for steps within a city. */
export function stepFrom({ lat, lng }, [north, east]) {
  const metresADegreeEast = METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180);
  return { lat: lat + north / METRES_A_DEGREE, lng: lng + east / metresADegreeEast };
}
