/** The receipt: its number can be copied, its address passed on, all of it printed. */
import "../components/copying.js";
import "../components/printing.js";
import "../components/sharing.js";

document.documentElement.classList.add("js");
