"""Photos are uploaded, attached to a report, re-encoded by the worker and cleared by staff."""
