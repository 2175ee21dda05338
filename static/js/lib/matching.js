/** Words that people type against words that we know: parts, other forms, slips of the finger. */
import { plain } from "./plain.js";

// Shorter words say too little; a slip is forgiven in longer ones, two in long ones.
const SHORTEST = 3;
const SLIPS = [
  [8, 2],
  [4, 1],
];

/** The words of a text, as they are compared. */
export function words(text) {
  return plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/**
 * How well the typed words fit the known ones: 0 not at all, else the share of typed words (of three
 * letters at least) that begin a known word or miss it by a slip.
 */
export function fit(typed, known) {
  const telling = typed.filter((word) => word.length >= SHORTEST);
  if (!telling.length) return 0;
  return (
    telling.filter((word) => known.some((other) => isLike(word, other))).length / telling.length
  );
}

function isLike(word, other) {
  if (other.startsWith(word)) return true;
  const slips = SLIPS.find(([length]) => word.length >= length)?.[1] ?? 0;
  // Endings change with the case, so only as much of the known word as was typed counts.
  return slips > 0 && distance(word, other.slice(0, word.length)) <= slips;
}

// Levenshtein with swapped neighbours, over words of some letters.
function distance(a, b) {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) rows[i][j] = step(rows, a, b, i, j);
  }
  return rows[a.length][b.length];
}

function step(rows, a, b, i, j) {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1;
  const best = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
}
