"""Stage: what the page says about its article."""
