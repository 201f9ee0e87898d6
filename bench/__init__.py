"""Measures and pictures of the program; not part of what is installed."""
