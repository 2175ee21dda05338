/** The categories of fixtures/categories.yaml as the form's scripts get them: the phrases of each by its code. */
import { readFileSync } from "node:fs";

const read = (name) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url), "utf8");

/** Code → phrases, name first, in the order of the file; `language` is that of the page. */
export function readCategories(language) {
  const polish = texts(read("categories.yaml"), /^ {6}- code: /m);
  const others = { en: read("categories.en.yaml"), uk: read("categories.uk.yaml") };
  const translated = Object.fromEntries(
    Object.entries(others).map(([code, text]) => [
      code,
      texts(text.split("\ncategories:\n")[1], /^ {2}(?=\S)/m),
    ]),
  );
  return new Map(
    [...polish].map(([code, { name, keywords }]) => [
      code,
      [
        translated[language]?.get(code).name ?? name,
        ...new Set([
          ...keywords,
          ...translated.en.get(code).keywords,
          ...translated.uk.get(code).keywords,
        ]),
      ],
    ]),
  );
}

// As much of YAML as these files use. What it does not understand has no name and fails.
function texts(text, begin) {
  const blocks = text.split(begin).slice(1);
  return new Map(
    blocks.map((block) => [
      block.match(/^[\w-]+/)[0],
      {
        name: block
          .match(/\bname: (?:"([^"]*)"|([^,}\n]*))/)
          .slice(1)
          .find(Boolean),
        keywords: block.match(/\bkeywords: \[([^\]]*)\]/)[1].split(/, */),
      },
    ]),
  );
}
