import "../components/printing.js";
