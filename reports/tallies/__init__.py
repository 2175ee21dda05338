"""Numbers of the work on reports, by month, unit, category and district, that cost the same however
many reports there are.

A trigger appends which tally changed, in the transaction of the change; ``folding`` counts those
tallies again; ``reading`` adds tallies up; ``recounting`` compares all with the reports
(docs/adr/0042-tallies.md).
"""
