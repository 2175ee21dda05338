/** The receipt: its number can be copied, its address passed on, all of it printed. */
import "../components/copying.js";
import "../components/printing.js";
import "../components/sharing.js";
import { forgetSent } from "../lib/kept-draft.js";

document.documentElement.classList.add("js");

const sent = document.querySelector("[data-sent]");
if (sent) forgetSent(sent.dataset.sent).catch(() => {});
