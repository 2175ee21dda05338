"""What every page and address shares: errors, limits, health, base templates. No domain rule."""
