"""A long call of two real browsers without the bench's taps, and whether anybody's memory grows in it."""
