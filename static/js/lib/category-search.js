/** Categories by the words that people use for them, the likeliest first. */
import { LIKE, likeness, words } from "./matching.js";

// What a typed word is worth that is like a known one in this way.
const WORTH = {
  0: 0,
  [LIKE.SLIP]: 0.4,
  [LIKE.FORM]: 0.75,
  [LIKE.INSIDE]: 0.8,
  [LIKE.BEGIN]: 0.9,
  [LIKE.WHOLE]: 1,
};
// What is added where all of a phrase was typed: "pies" means a dog before it means "martwy pies".
const ALL_OF_PHRASE = 0.25;
// Categories with less than this share of the best score are not shown.
const NEAR = 0.4;
// Shorter words, and these, say nothing beside others.
const SHORTEST = 3;
const SILENT = new Set("nie sie lub albo dla bez pod przy nad the and for not або від".split(" "));

/** A category as it is searched for. `phrases`: its name, and what else people call it. */
export function knownCategory(key, phrases, uses = 0) {
  return { key, uses, phrases: phrases.map(words) };
}

/**
 * The keys of those `categories` (as made by knownCategory) that `text` may mean, the likeliest
 * first, of equals the most used. Without `slips` no slip of the finger is forgiven.
 */
export function rankCategories(text, categories, { slips = true } = {}) {
  const typed = tellingOf(words(text));
  const fits = categories.map(({ phrases }) =>
    phrases.map((phrase) => fitOf(typed, phrase, slips)),
  );
  // A word that few categories know says more than one that many know.
  const weights = typed.map((_word, place) => {
    const knowing = fits.filter((rows) => rows.some(({ worths }) => worths[place])).length;
    return knowing && Math.log(1 + categories.length / knowing);
  });
  const scored = categories.map((category, place) => ({
    ...category,
    score: scoreOf(fits[place], weights),
  }));
  const enough = NEAR * Math.max(...scored.map(({ score }) => score));
  return scored
    .filter(({ score }) => score && score >= enough)
    .sort((a, b) => b.score - a.score || b.uses - a.uses)
    .map(({ key }) => key);
}

function tellingOf(typed) {
  const telling = [...new Set(typed)].filter(isTelling);
  return telling.length ? telling : typed;
}

function isTelling(word) {
  return word.length >= SHORTEST && !SILENT.has(word);
}

// What each typed word is worth by the word of the phrase that it is most like.
function fitOf(typed, phrase, slips) {
  const table = typed.map((word) => phrase.map((known) => likeness(word, known, { slips })));
  const isTyped = (place) =>
    table.some((row) => row[place] === LIKE.WHOLE || row[place] === LIKE.FORM);
  return {
    worths: table.map((row) => WORTH[Math.max(0, ...row)]),
    isAll: phrase.every((known, place) => !isTelling(known) || isTyped(place)),
  };
}

function scoreOf(fits, weights) {
  const sum = (worths) => worths.reduce((all, worth, place) => all + worth * weights[place], 0);
  const best = weights.map((_weight, place) => Math.max(...fits.map((fit) => fit.worths[place])));
  const phrase = Math.max(0, ...fits.filter((fit) => fit.isAll).map((fit) => sum(fit.worths)));
  return sum(best) + ALL_OF_PHRASE * phrase;
}
