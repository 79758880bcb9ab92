"""How the gazetteer of the place stage is made."""
