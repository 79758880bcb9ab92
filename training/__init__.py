"""How every committed model was made, re-runnable."""
