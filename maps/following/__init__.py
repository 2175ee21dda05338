"""Following a district or a circle on the map by e-mail.

A report's change appends one row to a log, if anybody follows anything; the worker finds out whom
it concerns, and writes each of them at most one letter a day (docs/adr/0040).
"""
