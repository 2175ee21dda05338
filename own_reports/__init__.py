"""A resident's own reports: list, map and files of them, claiming, putting away, leaving."""
