/** The page that stands for another without a network: shows what waits. */
import { createQueue } from "../components/queue.js";

createQueue(document.querySelector("[data-queue]"));
