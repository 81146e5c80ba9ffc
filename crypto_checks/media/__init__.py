"""Checks E: media is never readable at a server."""
