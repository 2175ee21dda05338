"""A resident's own reports: the list, the map, claiming, taking along, leaving behind."""
