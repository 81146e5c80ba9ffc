"""Runs over time: kept in one file, drawn as trends."""
