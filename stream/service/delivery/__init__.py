"""How pages are delivered: in order, and nothing is lost."""
