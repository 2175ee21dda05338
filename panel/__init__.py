"""Rooms of staff: queues, one report, and the acts on it."""
