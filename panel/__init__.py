"""The pages of staff: lists of reports, one report, and what may be done about it."""
