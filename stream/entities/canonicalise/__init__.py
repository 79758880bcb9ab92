"""Stage: one entity for each real thing."""
