"""How many reports there are anywhere, exact at every instant, however many there are.

A report's change is appended to a log in its own transaction (a trigger, see the first migration
of ``maps``); ``folding`` adds the log up into squares of a quadtree; ``reading`` reads squares and
what is not added up yet in one statement; ``recounting`` compares all with the reports
(docs/adr/0038-summary-of-the-map.md).
"""
