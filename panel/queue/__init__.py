"""Lists of reports that wait for staff."""
