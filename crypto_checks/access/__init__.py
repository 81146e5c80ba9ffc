"""Checks A: everyone can take part."""
