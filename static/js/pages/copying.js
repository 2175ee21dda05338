/** Pages with something to copy, and nothing else. */
import "../components/copying.js";
