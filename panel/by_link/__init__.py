"""What a unit that works by e-mail opens from its letters, without an account."""
