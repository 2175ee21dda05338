"""The demonstration: people, about 300 believable reports, their photos. Nobody imports it."""
