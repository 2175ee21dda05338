/** Pages on which a place that was given is corrected. */
import { createPlacePicker } from "../components/place-picker.js";

document.documentElement.classList.add("js");
document.querySelectorAll("[data-place-picker]").forEach(createPlacePicker);
