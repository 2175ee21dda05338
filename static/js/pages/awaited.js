/** A page that only waits for what the worker makes. */
import { renewWhenDone } from "../components/awaited.js";

renewWhenDone();
