"""Photos: taken in, attached to a report, re-encoded by the worker, cleared by staff."""
