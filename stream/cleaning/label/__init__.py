"""Stage: what each block is."""
