"""Letters about a report, the consents that they need, and when addresses are erased."""
