"""One act for many reports at once: chosen, looked at, and done a minute later."""
