# cython: language_level=3
"""Compiled twin of ``stream.cleaning.naming``: the same source."""
include "../cleaning/naming.py"
