/**
 * The main journeys in Firefox, over WebDriver BiDi: `node firefox.mjs <address of the portal> <photo>`.
 * Prints one JSON object of what was seen; fails loudly otherwise.
 */
import { launch } from "puppeteer-core";

const [site, photo] = process.argv.slice(2);
const browser = await launch({
  browser: "firefox",
  executablePath: process.env.FIREFOX,
  headless: true,
  extraPrefsFirefox: { "intl.accept_languages": "pl", "app.update.enabled": false },
});

try {
  const seen = {};
  const page = await browser.newPage();
  await page.setViewport({ width: 390, height: 844 });
  const faults = [];
  page.on("pageerror", (fault) => faults.push(String(fault)));
  await page.goto(`${site}/zgloszenia/nowe/`);
  await page.waitForSelector("[data-pin-ready]");
  await page.type("#id_place", "51.7652, 19.4571");
  await page.click("[data-find]");
  await says(page, "[data-place]", "Katedralna");
  await page.type("#category-search", "dziura");
  await page.click("input[value=dziura-w-jezdni]");
  await page.type("#id_description", "Głęboka dziura przy przejściu.");
  const input = await page.$("#id_files");
  await input.uploadFile(photo);
  await page.waitForSelector("[name=photo]");
  await new Promise((done) => setTimeout(done, 800));
  // A closed tab loses nothing.
  await page.close();
  const again = await browser.newPage();
  again.on("pageerror", (fault) => faults.push(String(fault)));
  await again.goto(`${site}/zgloszenia/nowe/`);
  await says(again, "[data-draft-said]", "Przywróciliśmy");
  await again.waitForSelector("[name=photo]");
  await says(again, "[data-place]", "Katedralna");
  seen.worker = await again.evaluate(async () => {
    await navigator.serviceWorker.ready;
    return (await caches.keys())[0];
  });
  const gone = again.waitForNavigation();
  await again.click("[data-send]");
  await gone;
  seen.receipt = await again.$eval(".reference", (element) => element.textContent);
  seen.faults = faults;
  console.log(JSON.stringify(seen));
} finally {
  await browser.close();
}

async function says(page, selector, text) {
  const until = Date.now() + 15_000;
  while (Date.now() < until) {
    const found = await page.$eval(selector, (element) => element.textContent).catch(() => "");
    if (found.includes(text)) return;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`${selector} never said ${text}`);
}
