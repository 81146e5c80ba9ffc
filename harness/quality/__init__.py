"""Calls of two real browsers over links of known badness, played by the dozen and written down for the judges."""
