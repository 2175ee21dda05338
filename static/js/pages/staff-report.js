// What was typed is put back before the map reads it.
import "../components/typed.js";
import "../components/answer-templates.js";
import "../components/answering.js";
import "./place-picker.js";
import "./status.js";
import { leadBack, neighboursOnList } from "../lib/list-address.js";

const back = document.querySelector("[data-list-link]");
const { account } = document.querySelector("[data-account]").dataset;
const reference = back.dataset.listLink;
leadBack(back, account, reference);
for (const [side, neighbour] of Object.entries(neighboursOnList(account, reference))) {
  const link = document.querySelector(`[data-neighbour=${side}]`);
  if (neighbour) link.href = link.dataset.url.replace("REFERENCE", neighbour);
  link.hidden = !neighbour;
}
