"""Stage: the names in an article's body."""
