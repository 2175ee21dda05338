/** What every page of the panel gets: keys, and the list of what they do. */
import { createCommands } from "../components/commands.js";

createCommands(
  document.querySelector("[data-commands]"),
  document.querySelector("[data-commands-open]"),
);
