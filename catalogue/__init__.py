"""What can be reported and who is competent: categories, questions, time limits, the annex."""
