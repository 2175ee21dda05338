"""The public map: the page, its list, districts in numbers, what others embed or subscribe to."""
