"""The demonstration: people, 300 realistic reports and their photos. No other app imports it."""
