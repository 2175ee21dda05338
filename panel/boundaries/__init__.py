"""`/panel/granice/`: the room in which GIS staff change boundaries."""
