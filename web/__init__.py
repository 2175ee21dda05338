"""What all pages and addresses share: errors, limits, health, base templates. No domain rule."""
