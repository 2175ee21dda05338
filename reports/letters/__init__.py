"""Letters about a report, the consents that they need, and when both are erased."""
