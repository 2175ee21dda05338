import { createRequirements } from "../components/requirements.js";

createRequirements(document.querySelector("[data-registration]"));
