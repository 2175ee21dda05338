"""The base map: one file of vector tiles with the city's streets, made and given out by us."""
