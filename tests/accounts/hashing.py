"""Counts how often a password is hashed, which is what an answer's time tells."""

from django.contrib.auth.hashers import MD5PasswordHasher


class CountingHasher(MD5PasswordHasher):
    """A quick hasher; ``verify`` calls ``encode`` too."""

    algorithm = "counted"
    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)
