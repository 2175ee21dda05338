"""The editors' room of the knowledge base."""
