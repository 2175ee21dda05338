/** Coordinates as people write or copy them. */

/** {lat, lng} from "51.77, 19.45", also with decimal commas; null for any other text. */
export function readCoordinates(text) {
  // Between the numbers either a sign or spaces alone: where both fit the same spaces, the time of
  // the search grows with the square of their number.
  const match = /^\s*(\d{1,2}[.,]\d+)(?:\s*[;,]\s*|\s+)(\d{1,2}[.,]\d+)\s*$/.exec(text);
  if (!match) return null;
  const [first, second] = [match[1], match[2]].map((number) => Number(number.replace(",", ".")));
  // In Poland the latitude is the larger number, whichever comes first.
  return first > second ? { lat: first, lng: second } : { lat: second, lng: first };
}
