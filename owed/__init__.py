"""What must still be done is a row: claimed with a lease, retried after a pause, swept by beat.

A nudge is for speed only. No table of its own: letters, dispatches and photos hold the rows. What
others sent is opened in children of a worker (``children``, ``forking``).
"""
