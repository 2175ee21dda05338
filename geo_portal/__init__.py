"""Wiring only: settings, addresses, the start of each process. No rule of the domain is here."""

from .celery import app as celery_app

__all__ = ["celery_app"]
