"""How the English recogniser was made: ``python -m training.recogniser`` goes from data to the committed model."""
