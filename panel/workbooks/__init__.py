"""A list as an XLSX file, made by the worker: asked for, made, given out, erased."""
