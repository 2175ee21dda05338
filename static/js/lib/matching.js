/** Words that people type against words that we know: parts, other forms, slips of the finger. */
import { plain } from "./plain.js";

/** How a typed word may be like a known one, the closest first; 0 is not at all. */
export const LIKE = { WHOLE: 5, BEGIN: 4, INSIDE: 3, FORM: 2, SLIP: 1 };

// A word of fewer letters stands inside too many others.
const SHORTEST_INSIDE = 4;
// A slip is forgiven in a word of four letters, two in one of eight.
const SLIPS = [
  [8, 2],
  [4, 1],
];
// "nieodśnieżony", but not "nieba".
const SHORTEST_DENIED = 7;
// Forms of a word share its beginning; what follows is an ending of Polish, Ukrainian or English
// declension.
const SHORTEST_STEM = 2;
const ENDING = new RegExp(
  `^(?:${[
    "|a|e|i|o|u|y|ia|ie|io|iu|em|iem|om|iom|am|iam|ami|iami|ach|iach|ow|iow|owi|ej|iej",
    "ego|iego|emu|iemu|ym|im|ych|ich|ymi|imi|s|es|ing|ed",
    "а|е|и|і|о|у|ю|я|ь|ам|ям|ами|ями|ах|ях|ів|ом|ем|ою|ею|ого|ому|их|им|ими|іи|ии|оі|еі",
  ].join("|")})$`,
);
// What changes at the end of a stem when the word is declined (droga, drodze; asfalt, asfalcie;
// ławka, ławek): these letters stand for each other there.
const CHANGES = [
  ["", ""],
  ["", "z"],
  ["", "dz"],
  ["k", "c"],
  ["k", "ek"],
  ["c", "ek"],
  ["l", "el"],
  ["n", "en"],
  ["t", "c"],
  ["g", "dz"],
  ["ch", "sz"],
  ["к", "ок"],
  ["к", "ц"],
  ["г", "з"],
];

/** The words of a text, as they are compared. */
export function words(text) {
  return (
    plain(text)
      .replace(/['’ʼ]/g, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

/**
 * How the typed word is like the known one, as LIKE says it; without `slips` no slip is forgiven.
 * "nie" may be written apart, or be missing.
 */
export function likeness(typed, known, { slips = true } = {}) {
  const like = compare(typed, known, slips);
  const [bare, other] = [withoutNot(typed), withoutNot(known)];
  if (bare === typed && other === known) return like;
  return Math.max(like, Math.min(compare(bare, other, slips), LIKE.FORM));
}

function withoutNot(word) {
  return word.startsWith("nie") && word.length >= SHORTEST_DENIED ? word.slice(3) : word;
}

function compare(typed, known, slips) {
  if (typed === known) return LIKE.WHOLE;
  if (known.startsWith(typed)) return LIKE.BEGIN;
  if (typed.length >= SHORTEST_INSIDE && known.includes(typed)) return LIKE.INSIDE;
  if (isForm(typed, known)) return LIKE.FORM;
  return slips && isSlip(typed, known) ? LIKE.SLIP : 0;
}

function isForm(a, b) {
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared += 1;
  if (shared < SHORTEST_STEM || shared * 2 < Math.max(a.length, b.length)) return false;
  const [left, right] = [a.slice(shared), b.slice(shared)];
  return CHANGES.some(([x, y]) => ends(left, x, right, y) || ends(left, y, right, x));
}

function ends(left, x, right, y) {
  return (
    left.startsWith(x) &&
    right.startsWith(y) &&
    ENDING.test(left.slice(x.length)) &&
    ENDING.test(right.slice(y.length))
  );
}

// The end of the known word may not be typed yet, or differ with the case.
function isSlip(typed, known) {
  const slips = SLIPS.find(([length]) => typed.length >= length)?.[1] ?? 0;
  if (!slips || known.length < typed.length - slips) return false;
  return isWithin(slips, typed, known.slice(0, typed.length + slips));
}

// Levenshtein with swapped neighbours, from `a` to the nearest beginning of `b`.
function isWithin(most, a, b) {
  const rows = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i += 1) {
    rows[i] = [i];
    for (let j = 1; j <= b.length; j += 1) rows[i][j] = step(rows, a, b, i, j);
    // What has gone too far does not come back; a swap looks back by two.
    if (Math.min(...rows[i], ...rows[i - 1]) > most) return false;
  }
  return Math.min(...rows[a.length]) <= most;
}

function step(rows, a, b, i, j) {
  const cost = a[i - 1] === b[j - 1] ? 0 : 1;
  const best = Math.min(rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + cost);
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
  return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
}
