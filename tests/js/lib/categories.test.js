import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";

const ADDRESS = "/api/v1/categories/";
const template = { dataset: { categoriesUrl: ADDRESS } };
globalThis.document = { getElementById: (id) => (id === "report-popup" ? template : null) };

let asked;
let answer;
beforeEach(() => {
  asked = [];
  answer = Response.json([{ code: "pothole", name: "Dziura w jezdni" }]);
  globalThis.fetch = async (url) => {
    asked.push(url);
    return answer;
  };
});

// Each test is a page of its own: the module keeps the names as long as the page is open.
async function openPage() {
  const page = `../../../static/js/lib/categories.js?page=${crypto.randomUUID()}`;
  return (await import(page)).categoryName;
}

test("a category is called by its name", async () => {
  const categoryName = await openPage();
  assert.equal(await categoryName("pothole"), "Dziura w jezdni");
});

test("names are asked for once, however many marks need them", async () => {
  const categoryName = await openPage();
  await Promise.all([categoryName("pothole"), categoryName("pothole"), categoryName("lamp")]);
  assert.deepEqual(asked, [ADDRESS]);
});

test("a category without a name is called by its code", async () => {
  const categoryName = await openPage();
  assert.equal(await categoryName("lamp"), "lamp");
});

test("where the names cannot be had, codes stand for them", async () => {
  answer = new Response(null, { status: 503 });
  const categoryName = await openPage();
  assert.equal(await categoryName("pothole"), "pothole");
});
