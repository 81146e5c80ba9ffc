"""Checks T: the transport below the frames is sound."""
