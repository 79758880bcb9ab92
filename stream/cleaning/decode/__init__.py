"""Stage: bytes to characters."""
