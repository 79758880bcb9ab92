"""What is known of names before a text is read."""
