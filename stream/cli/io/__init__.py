"""Where commands read from and write to."""
