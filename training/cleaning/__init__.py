"""How the committed cleaning model was made: ``python -m training.cleaning``."""
