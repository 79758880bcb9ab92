"""Stage: places on the map."""
