import { createNear } from "../components/near.js";

document.documentElement.classList.add("js");
createNear(document.querySelector("[data-near]"));
