"""Where pages are cleaned: in killable processes."""
