"""Checks C: the frame cipher is used as it must be."""
