"""Pages and records that nobody would write, and what must hold of every outcome all the same."""
