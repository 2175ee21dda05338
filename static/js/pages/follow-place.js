/** The page on which somebody begins to follow a place: the place is asked for only where it counts. */
import "./place-picker.js";

const circle = document.querySelector("[data-watch-circle]");
const district = document.querySelector("[name=district]");
const toggle = () => {
  circle.hidden = district.value !== "";
};
district.addEventListener("change", toggle);
toggle();
