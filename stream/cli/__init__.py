"""The stream-cleaner command: one file for each subcommand."""
