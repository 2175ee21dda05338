"""Numbers of the work: of all units for operators, of their own for members of units."""
