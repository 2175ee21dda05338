/** How well the category search does on the list that was judged by hand: benchmarks/categories.csv. */
import { readFileSync } from "node:fs";

import { knownCategory, rankCategories } from "../../static/js/lib/category-search.js";
import { readCategories } from "./categories.js";

/** The categories as the search takes them on a page in `language`, used as often as `uses` says. */
export function knownCategories(language, uses = {}) {
  return [...readCategories(language)].map(([code, phrases]) =>
    knownCategory(code, phrases, uses[code]),
  );
}

/**
 * One row for each text of the list: {language, typed, right, part, found}, codes in `right` and
 * `found`. `isReversed`: of equals the one that stands later among the categories is the more used.
 */
export function judge({ isReversed = false } = {}) {
  const known = Object.fromEntries(
    ["pl", "en", "uk"].map((language) => {
      const codes = [...readCategories(language).keys()];
      const uses = Object.fromEntries(codes.map((code, place) => [code, isReversed ? place : 0]));
      return [language, knownCategories(language, uses)];
    }),
  );
  const lines = readFileSync(new URL("../../benchmarks/categories.csv", import.meta.url), "utf8");
  const rows = lines.trim().split("\n").slice(1);
  return rows.map((line) => {
    const [language, typed, right, part] = line.split(",");
    return {
      language,
      typed,
      right: right.split(" "),
      part,
      found: rankCategories(typed, known[language]),
    };
  });
}
