/** A slider over the months of a select; it chooses in it, and the select stays what is sent. */

export function createMonthSlider(box, select) {
  const [slider, words] = [box.querySelector("input"), box.querySelector("output")];
  // The select begins with all months and goes back in time; the slider goes on in time.
  const options = [...select.options].reverse();
  const follow = () => {
    slider.value = options.indexOf(select.selectedOptions[0]);
    words.textContent = options[slider.value].text;
    slider.setAttribute("aria-valuetext", words.textContent);
  };
  slider.max = options.length - 1;
  slider.addEventListener("input", () => {
    options[slider.value].selected = true;
    follow();
  });
  slider.addEventListener("change", () => {
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  select.addEventListener("change", follow);
  box.hidden = options.length < 3;
  follow();
  return { follow };
}
