"""Hypothesis without a time limit an example: on a busy machine it would fail tests that are right."""

from hypothesis import settings

settings.register_profile("bench", deadline=None)
settings.load_profile("bench")
