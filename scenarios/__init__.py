"""Stories of a town hall, each a pytest scenario that an official can read."""
