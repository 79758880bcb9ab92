"""Stage: a page to blocks, and to what its markup says."""
