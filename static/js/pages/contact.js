/** Works off the challenge of a portal that suspects a machine, so that a person need not wait. */
import { prove } from "../lib/proving.js";

const said = document.querySelector("[data-proving]");
const proof = await prove(JSON.parse(document.getElementById("challenge").textContent));
if (proof) {
  document.querySelector("form [name=proof]").value = proof;
  said.textContent = said.dataset.done;
}
