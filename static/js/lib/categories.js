/** Names of categories by code, asked for once a page. */

let names;

export async function categoryName(code) {
  names ??= fetchNames();
  return (await names).get(code) ?? code;
}

async function fetchNames() {
  const { categoriesUrl } = document.getElementById("report-popup").dataset;
  const answer = await fetch(categoriesUrl);
  const rows = answer.ok ? await answer.json() : [];
  return new Map(rows.map(({ code, name }) => [code, name]));
}
