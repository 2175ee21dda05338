/** What every page gets. */
import "../lib/install.js";
import { createFileField } from "../components/file-field.js";

document.querySelectorAll("[data-file-field]").forEach(createFileField);
