/**
 * Journeys in Firefox, over WebDriver BiDi: `node firefox.mjs <journey> '<JSON of its options>'`, with
 * `site` (the address of the portal) among the options. Prints one JSON object of what was seen, with
 * the `faults` of all pages; fails loudly otherwise.
 */
import { launch } from "puppeteer-core";
import { openWire } from "./wire.mjs";

const TEXT = "Głęboka dziura przy przejściu.";
const HALL = "51.7652, 19.4571";
const PATIENCE = 15_000;
const MOST_TABS = 80;

const journeys = { draft, cut, border, keyboard, around, answer, streets };
const [name, given] = process.argv.slice(2);
const options = JSON.parse(given);
const browser = await launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX,
  headless: true,
  extraPrefsFirefox: { "intl.accept_languages": "pl", "app.update.enabled": false },
});
const faults = [];

try {
  const seen = await journeys[name](options);
  console.log(JSON.stringify({ ...seen, faults }));
} finally {
  await browser.close();
}

/** A closed tab loses nothing, and the worker keeps what the form needs. */
async function draft({ site, photo }) {
  const page = await openForm(site);
  await fill(page, HALL);
  const input = await page.$("#id_files");
  await input.uploadFile(photo);
  await page.waitForSelector("[name=photo]");
  await until("the draft is kept whole", () => isKept(page));
  await page.close();
  const again = await openForm(site);
  await says(again, "[data-draft-said]", "Przywróciliśmy");
  await again.waitForSelector("[name=photo]");
  await says(again, "[data-place]", "Katedralna");
  const worker = await workerOf(again);
  return { worker, receipt: await send(again) };
}

/** The network is cut, comes back for what goes up but not for the answers, and then wholly. */
async function cut({ site }) {
  const wire = await openWire(site);
  const page = await openForm(wire.address);
  await workerOf(page);
  await fill(page, HALL);
  wire.cut();
  await page.click("[data-send]");
  await says(page, "[data-queue]", "czeka na sieć");
  await page.close();
  // The form opens from the device, with what waits on it.
  const again = await openForm(wire.address);
  const shell = await again.$eval("[data-send]", (button) => button.form.matches("[data-shell]"));
  await says(again, "[data-queue]", "czeka na sieć");
  const while_cut = await countReports(site);
  wire.loseAnswers();
  await again.reload();
  await until("the portal has it", async () => (await countReports(site)) > 0);
  await says(again, "[data-queue]", "czeka na sieć");
  wire.mend();
  await again.reload();
  await says(again, "[data-queue]", "wysłane");
  const receipt = await again.$eval("[data-queue] a[data-url]", (link) => link.href);
  wire.close();
  return { shell, while_cut, receipt };
}

/** Near a border the form asks for the side, and so does the server where nobody answered. */
async function border({ site, point, side }) {
  const page = await openForm(site);
  await find(page, point);
  await page.waitForSelector("[data-side]:not([hidden]) [name=side]");
  const sides = await page.$$eval("[data-sides] label", (all) => all.map((one) => one.innerText));
  const drawn = (await page.$$(".side-label")).length;
  await describe(page);
  await leave(page, () => page.click("[data-send]"));
  await says(page, "#error-summary", "Po której stronie");
  await page.waitForSelector("[data-city-map][data-pin-ready]");
  await page.waitForSelector(".side-label");
  const other = await page.waitForSelector(`[data-sides] [value=${side}]`);
  await other.click();
  await page.waitForSelector(".side-label .is-chosen");
  return { sides, drawn, receipt: await send(page) };
}

/** The whole form without a mouse: an address, a step of the pin, a category, a text. */
async function keyboard({ site }) {
  const page = await openForm(site);
  await reach(page, "#id_place");
  await page.keyboard.type("11 listopda 36");
  await page.waitForSelector("[data-suggestions]:not([hidden]) [role=option]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await says(page, "[data-place]", "11 Listopada 36");
  const chosen = await latitude(page);
  await reach(page, ".pin-icon");
  await page.keyboard.press("ArrowUp");
  const moved = await latitude(page);
  await reach(page, "[data-category-search]");
  await page.keyboard.type("dziura w jezdni");
  await page.waitForSelector("[data-found]:not([hidden]) [value=dziura-w-jezdni]");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press(" ");
  await says(page, "[data-destination]", "Trafi do");
  await reach(page, "#id_description");
  await page.keyboard.type(TEXT);
  await reach(page, "[data-send]");
  await leave(page, () => page.keyboard.press("Enter"));
  return { chosen, moved, receipt: await reference(page) };
}

/**
 * What goes on around an address: found, filtered, coloured by district, passed on, followed; `byKeys`
 * or by pointer.
 */
async function around({ site, byKeys }) {
  const page = await open(`${site}/mapa/`, byKeys ? 390 : 1280);
  const press = byKeys ? pressKey : (selector) => page.click(selector);
  async function pressKey(selector, key = "Enter") {
    await reach(page, selector);
    await page.keyboard.press(key);
  }
  async function write(selector, text) {
    if (byKeys) await reach(page, selector);
    else await page.click(selector);
    await page.keyboard.type(text);
  }
  await write("#id_miejsce", HALL);
  await leave(page, () => press(".map-filters button[type=submit]"));
  await says(page, "#list-title", "Lista z tej części mapy");
  await page.waitForSelector(".mark-icon");
  await press(".map-filters summary");
  await press("#status-zalatwione", " ");
  await says(page, "[data-total]", "2 zgłoszenia");
  if (byKeys) await backTo(page, "[name=pokaz]:checked");
  await (byKeys ? page.keyboard.press("ArrowDown") : page.click("#pokaz-counts"));
  await page.waitForSelector(".district[data-shade='5']");
  const shown = await page.$eval("[data-district=katedralna]", (row) => row.dataset.number);
  await (byKeys ? page.keyboard.press("ArrowUp") : page.click("#pokaz-reports"));
  await page.waitForSelector(".mark-icon .cluster");
  const address = await page.$eval("[data-map-address]", (field) => field.value);
  const other = await open(site + new URL(address).pathname + new URL(address).search, 390);
  await says(other, "[data-total]", "2 zgłoszenia");
  await other.close();
  await leave(page, () => press('[data-map-link="/mapa/obserwuj/"]'));
  await says(page, "[data-circle-said]", "sięga 500 m");
  await page.waitForSelector(".watch-circle");
  if (byKeys) await pressKey("#id_metres", "ArrowUp");
  else await page.select("#id_metres", "250");
  await says(page, "[data-circle-said]", "sięga 250 m");
  await write("#id_email", "anna@example.org");
  await press("[name=consent]", " ");
  await leave(page, () => press("form[action='/mapa/obserwuj/'] [type=submit]"));
  await says(page, "main", "Prawie gotowe");
  return { address, shown };
}

/** A link of a letter, and the one button there. */
async function answer({ site, path, button, byKeys }) {
  const page = await open(site + path, 390);
  if (byKeys) await reach(page, button);
  await leave(page, () => (byKeys ? page.keyboard.press("Enter") : page.click(button)));
  return { heading: await page.$eval("h1", (element) => element.textContent) };
}

/** A part of the public map, once its streets are drawn or, where they are `damaged`, once it says so. */
async function streets({ site, box, damaged }) {
  const page = await open(`${site}/mapa/?bbox=${box}`, 390);
  await page.waitForSelector(".mark-icon");
  if (damaged) {
    await page.waitForSelector(".map-message");
    // Firefox reports that it cannot unpack a tile, although the page knows.
    const others = faults.filter((fault) => !fault.includes("The input data is corrupted"));
    faults.splice(0, faults.length, ...others);
  } else await until("the streets are drawn", async () => (await countColours(page)) > 4);
  return {
    said: await page.$$eval(".map-message", (all) => all.map((one) => one.textContent)),
    marks: (await page.$$(".mark-icon")).length,
    total: await page.$eval("[data-total]", (element) => element.textContent.trim()),
  };
}

/** Of the tiles of the map, those that fill more than a few pixels. */
function countColours(page) {
  return page.evaluate(() => {
    const count = new Map();
    for (const canvas of document.querySelectorAll("canvas.leaflet-tile-loaded")) {
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const pixels = new Uint32Array(data.buffer);
      for (const pixel of pixels) count.set(pixel, (count.get(pixel) ?? 0) + 1);
    }
    return [...count.values()].filter((times) => times > 50).length;
  });
}

async function open(address, width) {
  const page = await browser.newPage();
  page.on("pageerror", (fault) => faults.push(String(fault)));
  await page.setViewport({ width, height: 844 });
  await page.goto(address);
  return page;
}

async function openForm(site) {
  const page = await open(`${site}/zgloszenia/nowe/`, 390);
  await page.waitForSelector("[data-city-map][data-pin-ready]");
  return page;
}

async function fill(page, point) {
  await find(page, point);
  await says(page, "[data-place]", "Katedralna");
  await describe(page);
}

async function find(page, text) {
  await page.type("#id_place", text);
  await page.click("[data-find]");
}

async function describe(page) {
  await page.type("#category-search", "dziura");
  await page.click("input[value=dziura-w-jezdni]");
  await page.type("#id_description", TEXT);
}

/** Press Tab until the focus is there, as a person would. Fails after a whole page. */
async function reach(page, selector, step = () => page.keyboard.press("Tab")) {
  for (let press = 0; press < MOST_TABS; press += 1) {
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
    await step();
  }
  throw new Error(`Tab never reached ${selector}`);
}

function backTo(page, selector) {
  return reach(page, selector, async () => {
    await page.keyboard.down("Shift");
    await page.keyboard.press("Tab");
    await page.keyboard.up("Shift");
  });
}

async function send(page) {
  await leave(page, () => page.click("[data-send]"));
  return reference(page);
}

async function leave(page, act) {
  const gone = page.waitForNavigation();
  await act();
  await gone;
}

function reference(page) {
  return page.$eval(".reference", (element) => element.textContent);
}

function latitude(page) {
  return page.$eval("[name=lat]", (field) => Number(field.value));
}

/** The name of the cache that the page's worker has filled. */
function workerOf(page) {
  return page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys())[0];
  });
}

/** Whether text and photo stand in the draft that the device keeps. */
function isKept(page) {
  return page.evaluate(
    (text) =>
      new Promise((tell) => {
        indexedDB.open("portal").onsuccess = ({ target: { result } }) => {
          const row = result.transaction("drafts").objectStore("drafts").get("report");
          row.onsuccess = () => {
            result.close();
            tell(row.result?.values.description === text && row.result.photos.length === 1);
          };
        };
      }),
    TEXT,
  );
}

/** How many reports the portal shows, asked past the wire. */
async function countReports(site) {
  const answer = await fetch(`${site}/api/v1/reports/?bbox=19.3,51.6,19.7,51.9`);
  return (await answer.json()).features.length;
}

function says(page, selector, text) {
  const read = () => page.$eval(selector, (element) => element.textContent);
  return until(`${selector} says ${text}`, async () =>
    (await read().catch(() => "")).includes(text),
  );
}

async function until(what, isSo) {
  const end = Date.now() + PATIENCE;
  while (!(await isSo())) {
    if (Date.now() > end) throw new Error(`never: ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}
