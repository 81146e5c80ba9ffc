"""Parsers and builders of what crosses the wire, by their RFCs: pure functions of bytes that raise only ``WireError``."""
