"""Public addresses (stable; see docs/architecture.md)."""

from django.urls import path

urlpatterns = []
