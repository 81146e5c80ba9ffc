"""Checks K: keys belong to the people in the call, and to nobody else."""
