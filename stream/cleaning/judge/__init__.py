"""Stage: whether the page is an article."""
