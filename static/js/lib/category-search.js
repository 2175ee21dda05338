/** Categories by the words that people use for them. `known` are the words of one category. */
import { fit, words } from "./matching.js";

// Shorter words ("w", "na", "ulic") stand in too many descriptions to suggest anything.
const SHORTEST_TELLING = 4;

/** Whether a category is found by what was typed into the search; everything is found by nothing. */
export function isFound(text, known) {
  const typed = words(text);
  if (!typed.length) return true;
  // Two letters are looked for as they stand; with more, every telling word has to fit.
  if (text.trim().length < 3) return known.some((word) => word.startsWith(typed[0]));
  return fit(typed, known) === 1;
}

/**
 * The key in `categories` (a Map of key → known words) most of whose own words stand in `text`; the
 * first of equals, null where none does.
 */
export function mostNamedIn(text, categories) {
  const typed = words(text);
  let best = { key: null, count: 0 };
  for (const [key, known] of categories) {
    const count = known.filter((word) => isNamed(word, typed)).length;
    if (count > best.count) best = { key, count };
  }
  return best.key;
}

function isNamed(word, typed) {
  return word.length >= SHORTEST_TELLING && fit([word], typed) === 1;
}
