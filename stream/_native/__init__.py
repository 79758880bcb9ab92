"""Compiled inner loops; each has a plain twin that gives the same results."""
