"""Parsers and builders of what crosses the wire, by their RFCs: pure, and raising only ``WireError``."""
