# cython: language_level=3
"""Compiled twin of ``stream.cleaning.walk``: the same source."""
include "../cleaning/walk.py"
