/** [data-answer-templates]: a chosen template fills the answer at once, if nobody has written one. */

const texts = JSON.parse(document.getElementById("answer-texts")?.textContent ?? "{}");
const box = document.querySelector("[data-answer-templates]");
if (box) begin(box.querySelector("select"));

function begin(select) {
  const { elements } = select.form;
  const note = elements["status-note"];
  const status = elements["status-status"];
  let inserted = "";
  select.addEventListener("change", () => {
    const chosen = texts[select.value];
    // What somebody wrote is replaced only by the button.
    if (!chosen || (note.value.trim() && note.value !== inserted)) return;
    inserted = chosen.text;
    note.value = chosen.text;
    if ([...status.options].some(({ value }) => value === chosen.status)) {
      status.value = chosen.status;
    }
    note.dispatchEvent(new Event("input", { bubbles: true }));
  });
}
