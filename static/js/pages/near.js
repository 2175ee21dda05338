import { createNear } from "../components/near.js";

createNear(document.querySelector("[data-near]"));
