"""Shapes of what people type about their account."""
