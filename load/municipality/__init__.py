"""Municipalities as models: who books what when, and how many calls that makes at once."""
