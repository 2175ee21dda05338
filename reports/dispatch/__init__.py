"""Dispatching: reports are sent to their units."""
