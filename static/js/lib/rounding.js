/**
 * A position as words that the portal reads, to the third decimal (about a hundred metres): enough to say what is
 * near, and less than where somebody stands.
 */
export function roughly({ lat, lng }) {
  return `${lat.toFixed(3)}, ${lng.toFixed(3)}`;
}
