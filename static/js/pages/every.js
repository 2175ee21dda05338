/** What every page gets. */
import "../lib/install.js";
import { createFileField } from "../components/file-field.js";
import { createPortalState } from "../components/portal-state.js";

document.querySelectorAll("[data-file-field]").forEach(createFileField);
// Who only reads need not know more of a break than the page itself says.
const line = document.querySelector("[data-portal-state]");
if (line && document.querySelector("main form[method=post]")) createPortalState(line);
