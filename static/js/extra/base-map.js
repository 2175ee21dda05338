/** What draws the base map, apart from the pages: it is loaded when their maps can be used. */
export { createBaseLayer } from "../map/base-layer.js";
