"""The measurements of ``bin/bench``."""
