# cython: language_level=3
"""Compiled twin of ``stream.cleaning.features``: the same source."""
include "../cleaning/features.py"
