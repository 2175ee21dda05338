"""Sending reports to units."""
