// What was typed is put back before the map reads it.
import "../components/typed.js";
import "../components/answer-templates.js";
import "../components/answering.js";
import "../components/shortcuts.js";
import "./place-picker.js";
import "./status.js";
import { leadBack } from "../lib/list-address.js";

const back = document.querySelector("[data-list-link]");
const { account } = document.querySelector("[data-account]").dataset;
leadBack(back, account, back.dataset.listLink);
