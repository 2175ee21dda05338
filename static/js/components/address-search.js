/** Words to a place: coordinates and addresses, by the gazetteer. */
import { say } from "../lib/words.js";

/**
 * The field "place" with its button. `onFound({lat, lng})` for an exact place; `onDistrict(code)`
 * where only the district is known. The field keeps what was typed.
 */
export function createAddressSearch(form, { onFound, onDistrict }) {
  const field = form.elements.place;
  const search = {
    form,
    field,
    list: form.querySelector("[data-suggestions]"),
    onFound,
    onDistrict,
  };
  form.querySelector("[data-find]").addEventListener("click", () => find(search));
  field.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    find(search);
  });
}

async function find(search) {
  const point = coordinates(search.field.value);
  if (point) return search.onFound(point);
  const url = new URL(search.form.dataset.addressesUrl, window.location.href);
  url.searchParams.set("q", search.field.value);
  try {
    const answer = await fetch(url);
    offer(search, answer.ok ? await answer.json() : []);
  } catch {
    tell(search, say("offline"));
  }
}

function coordinates(text) {
  const match = /^\s*(\d{1,2}[.,]\d+)\s*[;,\s]\s*(\d{1,2}[.,]\d+)\s*$/.exec(text);
  if (!match) return null;
  const [first, second] = [match[1], match[2]].map((number) => Number(number.replace(",", ".")));
  return first > second ? { lat: first, lng: second } : { lat: second, lng: first };
}

function offer(search, addresses) {
  search.list.replaceChildren();
  search.list.hidden = addresses.length < 2;
  if (!addresses.length) return tell(search, say("notFound"));
  if (addresses.length === 1) return choose(search, addresses[0]);
  for (const address of addresses) search.list.append(entry(search, address));
  search.list.querySelector("button").focus();
}

function entry(search, address) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `${address.label}, ${address.district.name}`;
  button.addEventListener("click", () => choose(search, address));
  const item = document.createElement("li");
  item.append(button);
  return item;
}

function choose(search, address) {
  const { label, district, location } = address;
  search.list.hidden = true;
  search.field.value = label;
  search.field.focus();
  if (location) {
    const [lng, lat] = location.coordinates;
    search.onFound({ lat, lng });
    tell(search, say("found", { address: label }));
  } else {
    search.onDistrict(district.code);
    tell(search, say("approximate", { address: label, district: district.name }));
  }
}

function tell({ form }, text) {
  form.querySelector("[data-place]").textContent = text;
}
