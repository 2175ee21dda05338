/** Pages on which a place that was given is corrected. */
import { createPlacePicker } from "../components/place-picker.js";

document.documentElement.classList.add("js");
for (const section of document.querySelectorAll("[data-place-picker]")) createPlacePicker(section);
