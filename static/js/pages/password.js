import { createRequirements } from "../components/requirements.js";

const form = document.querySelector("[data-new-password]");
if (form) createRequirements(form);
